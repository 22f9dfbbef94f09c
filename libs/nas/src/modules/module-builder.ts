import type { Builder } from '../build/builder.js';
import type { OwnOperations } from './module-api.js';

/**
 * The builder as a module's space sees it: its own operations by the names it gave them. Choices
 * that it asks for are noted in `used`.
 */
export function moduleBuilder(builder: Builder, own: OwnOperations, used: Set<string>): Builder {
  const named = (operation: string): string => own.get(operation) ?? operation;
  return {
    input: builder.input,
    outputs: builder.outputs,
    searching: builder.searching,
    learns: (operation) => builder.learns(named(operation)),
    named: (name, body) => builder.named(name, body),
    apply: (operation, from, options, name = operation) => builder.apply(named(operation), from, options, name),
    choose(choice, body) {
      used.add(choice);
      return builder.choose(choice, body);
    },
    keep(choice, body) {
      used.add(choice);
      return builder.keep(choice, body);
    },
    elastic(dimensions, body) {
      for (const choice of Object.values(dimensions)) used.add(choice);
      return builder.elastic(dimensions, body);
    },
    add: (values) => builder.add(values),
    concat: (values) => builder.concat(values),
    cell: (name, inputs, body) => builder.cell(name, inputs, body),
    classify: (features, style) => builder.classify(features, style),
  };
}
