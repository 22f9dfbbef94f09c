"""python classify.py MODEL.onnx PICTURE... prints the most probable classes of each picture."""

import json
import sys

import numpy as np
import onnxruntime
from PIL import Image, ImageOps

session = onnxruntime.InferenceSession(sys.argv[1], providers=["CPUExecutionProvider"])
properties = session.get_modelmeta().custom_metadata_map
classes = json.loads(properties["oneshot.classes"])
rule = json.loads(properties.get("oneshot.images", '{"resize": "crop", "enlarge": false}'))
_, channels, height, width = session.get_inputs()[0].shape


def scaled_size(picture):
    """The size a picture is scaled to before it is cropped, or its edge extended, to the size of the model."""
    if rule["resize"] == "stretch":
        return width, height
    ratios = width / picture.width, height / picture.height
    scale = min(ratios) if rule["resize"] == "pad" else max(ratios)
    if not rule["enlarge"]:
        scale = min(1, scale)
    return tuple(max(1, int(side * scale + 0.5)) for side in picture.size)


def pixels(path):
    """Raw pixels, 0 to 255, as the model takes them: [channels, height, width]."""
    picture = ImageOps.exif_transpose(Image.open(path)).convert("RGBA")
    picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    picture = picture.convert("L" if channels == 1 else "RGB")
    picture = picture.resize(scaled_size(picture), Image.Resampling.LANCZOS)
    values = np.asarray(picture, np.float32).reshape(picture.height, picture.width, channels)
    top, left = max(0, picture.height - height) // 2, max(0, picture.width - width) // 2
    values = values[top : top + height, left : left + width]
    missing = height - values.shape[0], width - values.shape[1]
    around = [(side // 2, side - side // 2) for side in missing]
    return np.pad(values, [*around, (0, 0)], mode="edge").transpose(2, 0, 1)


for path in sys.argv[2:]:
    (logits,) = session.run(["logits"], {"image": pixels(path)[None]})
    powers = np.exp(logits[0] - logits[0].max())
    probabilities = powers / powers.sum()
    best = np.argsort(-probabilities, kind="stable")[:3]
    print(f"{path}: " + ", ".join(f"{classes[i]} {100 * probabilities[i]:.2f} %" for i in best))
