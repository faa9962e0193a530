/**
 * Where text of people may lead: addresses of the web, mail, and places of this platform. Pictures come from this
 * platform alone, so that reading a text tells nobody outside that it was read. Everything else is no target.
 */

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const SHORT = new RegExp(`^(image|project|article):(${UUID})$`, 'i')
const PICTURE = new RegExp(`^(?:image:|/api/v1/images/|/images/)(${UUID})(?:/(?:preview|file)(?:\\?[\\w=&]*)?)?$`, 'i')
const SHOWN = new RegExp(`^/projects/${UUID}/\\w+\\?(?:[^#]*&)?image=(${UUID})(?:[&#]|$)`, 'i')
const OUTSIDE = /^(?:https?:\/\/|mailto:)/i
/** Stands in for our own origin, which a relative address keeps. */
const HERE = 'https://here.invalid'

export interface LinkTarget {
  href: string
  isInside: boolean
}

/** `image:<id>`, `project:<id>`, `article:<id>`, `/path`, `#heading`, http(s) and mailto; null for all others. */
export function linkTarget(address: string): LinkTarget | null {
  const [, kind, id] = SHORT.exec(address) ?? []
  if (kind && id) return { href: `/${kind.toLowerCase()}s/${id.toLowerCase()}`, isInside: true }
  const url = URL.canParse(address, HERE) ? new URL(address, HERE) : null
  if (!url) return null
  const path = `${url.pathname}${url.search}${url.hash}`
  if (address.startsWith('#')) return { href: url.hash || '#', isInside: true }
  if (address.startsWith('/') && url.origin === HERE) {
    return url.pathname.startsWith('/api/') || path.startsWith('//') ? null : { href: path, isInside: true }
  }
  return OUTSIDE.test(address) && url.origin !== HERE ? { href: url.href, isInside: false } : null
}

/** The id of the image of this platform that a picture's address names, also as the browser shows it; null for all others. */
export function pictureId(address: string): string | null {
  return (PICTURE.exec(address) ?? SHOWN.exec(address))?.[1]?.toLowerCase() ?? null
}

/** An address of this platform without its origin, as one copies it from the browser; others as they are. */
export function localAddress(address: string, origin: string): string {
  return address.startsWith(`${origin}/`) ? address.slice(origin.length) : address
}

const WIDTH = 1280

export const pictureSource = (imageId: string) => `/api/v1/images/${imageId}/preview?width=${WIDTH}`

/** What a sanitised picture may have as its source: what `pictureSource` writes. */
export const PICTURE_SOURCE = new RegExp(`^/api/v1/images/${UUID}/preview\\?width=${WIDTH}$`)
