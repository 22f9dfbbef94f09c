/**
 * `node make-site.mjs MODEL.onnx FOLDER` puts everything that the page needs into a new folder, for
 * any web server of static files.
 */
import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [model, folder] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const runtime = join(dirname(fileURLToPath(import.meta.resolve('onnxruntime-web'))));
mkdirSync(folder);
const copy = (from) => copyFileSync(from, join(folder, from.split(/[\\/]/).at(-1)));
for (const name of ['index.html', 'page.mjs', '../javascript/model.mjs']) copy(join(here, name));
for (const name of ['ort.wasm.min.mjs', 'ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm']) {
  copy(join(runtime, name));
}
copyFileSync(model, join(folder, 'model.onnx'));
console.log(`Ready to be served: ${folder}`);
