// classify MODEL.onnx PICTURE... prints the most probable classes of each picture.
#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_RESIZE_IMPLEMENTATION
#include <onnxruntime_cxx_api.h>
#include <stb/stb_image.h>
#include <stb/stb_image_resize.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

struct Model {
  std::vector<std::string> classes;
  std::string resize;
  bool enlarge;
  int channels, height, width;
};

// What the file says of itself: the names of the classes, the size of its images, how others were
// brought to that in training.
Model describe(Ort::Session& session) {
  Ort::AllocatorWithDefaultOptions allocator;
  const Ort::ModelMetadata metadata = session.GetModelMetadata();
  const auto property = [&](const char* key, const char* otherwise) {
    const auto value = metadata.LookupCustomMetadataMapAllocated(key, allocator);
    return nlohmann::json::parse(value ? value.get() : otherwise);
  };
  const auto shape = session.GetInputTypeInfo(0).GetTensorTypeAndShapeInfo().GetShape();
  const auto rule = property("oneshot.images", R"({"resize":"crop","enlarge":false})");
  return {property("oneshot.classes", "[]"), rule["resize"], rule["enlarge"],
          int(shape[1]), int(shape[2]), int(shape[3])};
}

// Raw pixels, 0 to 255, as the model takes them: all of the first channel, then of the next.
std::vector<float> pixels(const char* path, const Model& model) {
  const auto [classes, resize, enlarge, channels, height, width] = model;
  int w, h, found;
  unsigned char* file = stbi_load(path, &w, &h, &found, 4);
  if (!file) throw std::runtime_error(std::string(path) + ": " + stbi_failure_reason());
  std::vector<unsigned char> picture(size_t(w) * h * channels);
  for (size_t i = 0; i < size_t(w) * h; i++) {
    const unsigned char* rgba = file + 4 * i;
    const auto onWhite = [&](double value) { return (value * rgba[3] + 255.0 * (255 - rgba[3])) / 255; };
    for (int c = 0; c < channels; c++) {
      const double value = channels == 3 ? rgba[c] : 0.299 * rgba[0] + 0.587 * rgba[1] + 0.114 * rgba[2];
      picture[i * channels + c] = static_cast<unsigned char>(std::lround(onWhite(value)));
    }
  }
  stbi_image_free(file);

  const double ratios[] = {double(width) / w, double(height) / h};
  double scale = resize == "pad" ? std::min(ratios[0], ratios[1]) : std::max(ratios[0], ratios[1]);
  if (!enlarge) scale = std::min(1.0, scale);
  const auto scaled = [&](int side, int wanted) {
    return resize == "stretch" ? wanted : std::max(1, int(std::floor(side * scale + 0.5)));
  };
  const int newWidth = scaled(w, width), newHeight = scaled(h, height);
  if (newWidth != w || newHeight != h) {
    std::vector<unsigned char> resized(size_t(newWidth) * newHeight * channels);
    stbir_resize_uint8_generic(picture.data(), w, h, 0, resized.data(), newWidth, newHeight, 0, channels,
                               STBIR_ALPHA_CHANNEL_NONE, 0, STBIR_EDGE_CLAMP, STBIR_FILTER_CATMULLROM,
                               STBIR_COLORSPACE_LINEAR, nullptr);
    picture = std::move(resized);
  }

  // The middle of what is larger; the edge of what is smaller goes on to the border.
  const auto from = [](int at, int inner, int outer) {
    const int offset = inner > outer ? (inner - outer) / 2 : -((outer - inner) / 2);
    return std::clamp(at + offset, 0, inner - 1);
  };
  std::vector<float> values;
  for (int c = 0; c < channels; c++)
    for (int y = 0; y < height; y++)
      for (int x = 0; x < width; x++) {
        const size_t row = from(y, newHeight, height), column = from(x, newWidth, width);
        values.push_back(picture[(row * newWidth + column) * channels + c]);
      }
  return values;
}

int main(int count, char** arguments) try {
  if (count < 3) throw std::runtime_error("classify MODEL.onnx PICTURE...");
  Ort::Env environment(ORT_LOGGING_LEVEL_WARNING);
  Ort::Session session(environment, arguments[1], Ort::SessionOptions());
  const Model model = describe(session);
  const auto memory = Ort::MemoryInfo::CreateCpu(OrtArenaAllocator, OrtMemTypeDefault);
  for (int i = 2; i < count; i++) {
    std::vector<float> values = pixels(arguments[i], model);
    const int64_t shape[] = {1, model.channels, model.height, model.width};
    const auto image = Ort::Value::CreateTensor<float>(memory, values.data(), values.size(), shape, 4);
    const char *input = "image", *output = "logits";
    auto result = session.Run(Ort::RunOptions(), &input, &image, 1, &output, 1);
    const float* logits = result[0].GetTensorData<float>();

    const size_t classes = model.classes.size();
    const float largest = *std::max_element(logits, logits + classes);
    std::vector<std::pair<double, size_t>> ranked;
    double sum = 0;
    for (size_t k = 0; k < classes; k++) {
      ranked.emplace_back(-std::exp(logits[k] - largest), k);
      sum -= ranked.back().first;
    }
    std::sort(ranked.begin(), ranked.end());
    std::printf("%s:", arguments[i]);
    for (size_t k = 0; k < std::min<size_t>(3, classes); k++)
      std::printf("%s %s %.2f %%", k ? "," : "", model.classes[ranked[k].second].c_str(), -100 * ranked[k].first / sum);
    std::printf("\n");
  }
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
