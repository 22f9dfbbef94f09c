import { enableProdMode } from '@tensorflow/tfjs-core';
import { registerGradients } from './gradients/register.js';
import { registerReferenceKernels } from './reference/register.js';

// Only tables are filled here: no tensor is made, no backend started.
enableProdMode();
registerReferenceKernels();
registerGradients();
