import type { RankAnalysis } from '../analysis/rank-analysis.js';

/** Such as `smaller is better`, for captions and axes. */
export function betterWords({ direction }: Pick<RankAnalysis, 'direction'>): string {
  return direction === 'up' ? 'larger is better' : 'smaller is better';
}

/** Which scores are better and how that is known, in a sentence. */
export function directionSentence({
  measure,
  direction,
  directionReason,
}: Pick<RankAnalysis, 'measure' | 'direction' | 'directionReason'>): string {
  const better = `Of ${measure} ${betterWords({ direction })}`;
  const otherwise = `--direction ${direction === 'up' ? 'down' : 'up'} says otherwise`;
  switch (directionReason.from) {
    case 'asked':
      return `${better}, as was asked for.`;
    case 'name':
      return `${better}, by the name "${directionReason.name}"; ${otherwise}.`;
    case 'default':
      return `${better}, as its name tells nothing else; ${otherwise}.`;
  }
}
