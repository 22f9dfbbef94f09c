import type { DatasetSurvey } from './survey.js';

/** A class with so many times fewer training images than the largest is told of. */
const imbalance = 5;
const named = 5;

/**
 * What a user should know of a data set before training on it, a sentence each: classes without
 * images, imbalance, files left out.
 */
export function dataRemarks({ classes, folder }: Pick<DatasetSurvey, 'classes' | 'folder'>): string[] {
  const remarks: string[] = [];
  for (const { name, train, test } of classes) {
    if (train === 0) remarks.push(`class ${name} has no training image`);
    if (test === 0) remarks.push(`class ${name} has no test image`);
  }
  const largest = classes.reduce((most, each) => (each.train > most.train ? each : most));
  const small = classes.filter(({ train }) => train > 0 && imbalance * train <= largest.train);
  if (small.length > 0) {
    const list = some(small.map(({ name, train }) => `${name} ${train}`));
    remarks.push(
      `the classes are unbalanced: ${largest.name} has ${largest.train} training images, ${list}; judge by the accuracy of each class`,
    );
  }
  if (folder !== undefined && folder.ignored.length > 0) {
    remarks.push(
      `${files(folder.ignored)} not read, being no image of a known kind or too deep: ${some(folder.ignored)}`,
    );
  }
  if (folder !== undefined && folder.unreadable.length > 0) {
    remarks.push(`${files(folder.unreadable)} left out, being no whole image: ${some(folder.unreadable)}`);
  }
  return remarks;
}

function files(list: readonly string[]): string {
  return `${list.length} file${list.length === 1 ? '' : 's'}`;
}

function some(list: readonly string[]): string {
  const more = list.length - named;
  return `${list.slice(0, named).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
