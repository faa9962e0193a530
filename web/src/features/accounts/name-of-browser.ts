/** What a person calls it; the whole of a user agent tells them nothing. */
export function nameOfBrowser(userAgent: string | null): string | null {
  if (!userAgent) return null
  const browser = /(Edg|OPR|Firefox|Chrome|Safari|curl|node)\b/.exec(userAgent)?.[1]
  const system = /(Windows|Android|iPhone|iPad|Mac OS|Linux)/.exec(userAgent)?.[1]
  const names: Record<string, string> = { Edg: 'Edge', OPR: 'Opera' }
  const parts = [browser && (names[browser] ?? browser), system].filter(Boolean)
  return parts.length > 0 ? parts.join(', ') : userAgent.slice(0, 40)
}
