import type { LabelFile } from '@vesalius/contracts'
import type { TaggedLabel } from '../../features/images/image-queries.ts'

const MOST_IMAGES = 200
const MOST_VERSIONS = 4

/**
 * The labels this page has seen: which of them lies under the answer to an image, and what an answer was begun on, for
 * when somebody else's has come in between.
 */
export class SeenLabels {
  #versions = new Map<string, TaggedLabel[]>()
  #under = new Map<string, TaggedLabel>()

  /** The label that answers of this image are given on top of. */
  under(imageId: string): TaggedLabel | null {
    return this.#under.get(imageId) ?? null
  }

  lay(imageId: string, label: TaggedLabel): void {
    this.#under.set(imageId, label)
    this.keep(imageId, label)
  }

  keep(imageId: string, label: TaggedLabel): void {
    const others = (this.#versions.get(imageId) ?? []).filter(({ etag }) => etag !== label.etag)
    this.#versions.delete(imageId)
    this.#versions.set(imageId, [label, ...others].slice(0, MOST_VERSIONS))
    if (this.#versions.size <= MOST_IMAGES) return
    const [oldest] = this.#versions.keys()
    if (oldest !== undefined) {
      this.#versions.delete(oldest)
      this.#under.delete(oldest)
    }
  }

  /** The label with this tag; null when it was not seen here. */
  find = (imageId: string, etag: string | null): LabelFile | null => {
    const seen = [...(this.#versions.get(imageId) ?? []), this.#under.get(imageId)]
    return seen.find((label) => label?.etag === etag)?.label ?? null
  }
}
