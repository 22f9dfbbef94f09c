/** Search runs: gradient search over a space, to a genotype. */
export { type SearcherOptions, searchWorker, startSearcher } from './start-searcher.js';
export { validateSearch } from './validate-search.js';
