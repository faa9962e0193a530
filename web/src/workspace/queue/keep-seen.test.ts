import type { Image } from '@vesalius/contracts'
import { describe, expect, it } from 'vitest'
import { keepSeen, withoutRepeats } from './keep-seen.ts'

const image = (id: string) => ({ id }) as unknown as Image
const ids = (images: readonly Image[]) => images.map(({ id }) => id).join('')

describe('the order of the queue', () => {
  it('keeps what was seen in place and lists the rest anew', () => {
    const fresh = { items: ['d', 'b', 'c', 'e'].map(image), nextCursor: 'next' }
    const { pages } = keepSeen(['a', 'b'].map(image), fresh)
    expect(ids(pages[0]!.items)).toBe('abdce')
    expect(pages[0]!.nextCursor).toBe('next')
  })

  it('lists an image once, where it stands first', () => {
    expect(ids(withoutRepeats(['a', 'b', 'a', 'c'].map(image)))).toBe('abc')
  })
})
