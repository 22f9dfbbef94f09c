export type * from './cell/schedule.js';
