import { InputError, type InputFault } from './input-error.js';

// As many are told, plus those of some lines more, so that the first of them can be put in order.
const mostKept = 200;

/** Collects what is wrong with a table: the first faults whole, of the others their number. */
export class FaultList {
  private readonly kept: InputFault[] = [];
  private further = 0;

  add(fault: InputFault): void {
    if (this.kept.length < mostKept) this.kept.push(fault);
    else this.further += 1;
  }

  /** Counts faults that are told by their number only. */
  addFurther(count: number): void {
    this.further += count;
  }

  get isEmpty(): boolean {
    return this.kept.length === 0 && this.further === 0;
  }

  /** The line of the fault told last. */
  get lastLine(): number | undefined {
    return this.kept.at(-1)?.line;
  }

  /** @throws InputError with the faults as one meets them in the file, if there are any */
  throwIfAny(): void {
    if (this.isEmpty) return;
    const inOrder = [...this.kept].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
    throw new InputError(inOrder, this.further);
  }
}
