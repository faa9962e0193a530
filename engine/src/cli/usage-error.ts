/** The command was called with something it cannot work with; the message says what to do. */
export class UsageError extends Error {
  override name = 'UsageError'
}
