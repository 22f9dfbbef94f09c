/** Images of one class in either part. */
export interface ClassCount {
  readonly name: string;
  readonly train: number;
  readonly test: number;
}

/** Images of every class, from the labels of both parts. */
export function countPerClass(
  classes: readonly string[],
  train: ArrayLike<number>,
  test: ArrayLike<number>,
): ClassCount[] {
  const count = (labels: ArrayLike<number>) => {
    const counts: number[] = new Array(classes.length).fill(0);
    for (let i = 0; i < labels.length; i++) {
      const label = labels[i] ?? 0;
      counts[label] = (counts[label] ?? 0) + 1;
    }
    return counts;
  };
  const [inTrain, inTest] = [count(train), count(test)];
  return classes.map((name, label) => ({ name, train: inTrain[label] ?? 0, test: inTest[label] ?? 0 }));
}

/**
 * Accuracy on the test part of always answering the class that has the most training images: what
 * guessing reaches.
 */
export function guessingAccuracy(counts: readonly ClassCount[]): number {
  const most = counts.reduce((best, each) => (each.train > best.train ? each : best));
  return most.test / counts.reduce((sum, { test }) => sum + test, 0);
}
