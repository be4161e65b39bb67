/** A reason not to start that a person can mend: one plain line with the remedy, shown without a stack. */
export class StartError extends Error {
  readonly code = 'START_FAILED';
}

/** True for a StartError from any copy of this module. */
export function isStartError(error: unknown): error is StartError {
  return error instanceof Error && (error as { code?: unknown }).code === 'START_FAILED';
}
