import { faultPath, InputError, MemoryError, runTableTask } from '@oneshot/evaluation';
import { Code, invalidArgument, ServiceError, serveWork } from '@oneshot/service-kit';
import type { TableWork } from './table-work.js';

// The thread in which tables are read and ranked. INVALID_TABLE names every fault of the tables.
serveWork(async function* (input) {
  const { task, tables, software } = input as TableWork;
  try {
    yield* runTableTask(task, tables, software);
  } catch (error) {
    if (error instanceof MemoryError) {
      throw new ServiceError({ code: Code.RESOURCE_EXHAUSTED, reason: 'OUT_OF_MEMORY', message: error.message });
    }
    throw error instanceof InputError ? refusal(error) : error;
  }
});

function refusal(error: InputError): ServiceError {
  const faults = error.faults.map((fault) => {
    const { found, allowed } = fault;
    return { path: faultPath(fault), found, allowed, message: `found ${found}, allowed: ${allowed}` };
  });
  return invalidArgument(faults, 'INVALID_TABLE');
}
