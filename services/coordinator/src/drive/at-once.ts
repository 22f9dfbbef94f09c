/**
 * Does `work` for every item, at most `most` at a time, in order of beginning. After a failure
 * nothing more is begun, what was begun is waited for, and the first failure is thrown; `done` has
 * then been told of every success.
 */
export async function atOnce<Item, Result>(
  items: readonly Item[],
  most: number,
  work: (item: Item) => Promise<Result>,
  done: (result: Result) => void,
): Promise<void> {
  const waiting = [...items];
  let failed = false;
  const each = async () => {
    for (let item = waiting.shift(); item !== undefined && !failed; item = waiting.shift()) {
      try {
        done(await work(item));
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: Math.min(most, items.length) }, each));
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
}
