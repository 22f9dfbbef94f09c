import { defineArchitect } from './registry.js';

/** Xie et al. 2019, section 2.2: α and the weights along the gradient of one loss, in one pass. */
defineArchitect({
  name: 'single_level',
  summary:
    'the gradient of the training loss, in the pass of the weight step: α and the weights learn from the same images at once',
  source: 'Xie et al. 2019, section 2.2',
  exclusions({ architecture, perturbation }) {
    const faults = [];
    if (architecture.step === 'after_weights') {
      const message = 'single_level moves α and the weights at once; allowed: before_weights';
      faults.push({ path: 'architecture.step', message });
    }
    if (perturbation !== undefined) {
      const message = `α learns under the weights that were drawn and the network under moved ones, and single_level has one pass for both: leave ${perturbation.name} out`;
      faults.push({ path: 'perturbation.name', message });
    }
    return faults;
  },
  create: () => ({}),
});
