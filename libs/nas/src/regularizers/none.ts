import { defineRegularizer } from './registry.js';

defineRegularizer({ name: 'none', summary: 'nothing', source: '', create: () => ({}) });
