import { defineArchitect } from './registry.js';

/** Liu et al. 2019, eq. 6 with ξ = 0: ∇α L_val(w, α). */
defineArchitect({
  name: 'first',
  summary: 'the gradient of the validation loss under the weights as they are',
  source: 'Liu et al. 2019, section 2.3, first order',
  create: () => ({
    gradients: ({ architecture, pass }) => pass('validation', architecture, true),
  }),
});
