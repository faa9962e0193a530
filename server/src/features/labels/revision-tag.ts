/** The entity tag of a label: its revision. */
export function revisionTag(revision: number): string {
  return `"${revision}"`
}

/** Whether an `If-Match` header (RFC 9110 §13.1.1) allows to change this revision; without the header anything goes. */
export function matchesRevision(ifMatch: string | undefined, revision: number): boolean {
  if (ifMatch === undefined || ifMatch.trim() === '*') return true
  const tags = ifMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return tags.includes(revisionTag(revision))
}
