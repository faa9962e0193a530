/** The entity tag of a label: its revision, and the class scheme under which it is read. */
export function revisionTag(revision: number, scheme = 0): string {
  return scheme === 0 ? `"${revision}"` : `"${revision}-${scheme}"`
}

/** Whether the label that somebody saw had this revision, and was read under this class scheme where one is named. */
export type IsCurrent = (revision: number, scheme?: number) => boolean

/** Whether an `If-Match` header (RFC 9110 §13.1.1) allows to change this revision; without the header anything goes. */
export function matchesRevision(ifMatch: string | undefined, revision: number, scheme?: number): boolean {
  if (ifMatch === undefined || ifMatch.trim() === '*') return true
  const tags = ifMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  if (scheme !== undefined) return tags.includes(revisionTag(revision, scheme))
  return tags.some((tag) => tag === revisionTag(revision) || tag.startsWith(`"${revision}-`))
}
