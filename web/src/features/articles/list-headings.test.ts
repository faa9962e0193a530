import type { ArticleHeading } from '@vesalius/contracts'
import { expect, it } from 'vitest'
import { contentsOf, listHeadings } from './list-headings.ts'

const headings = Array.from({ length: 3000 }, (_, index) => ({
  ...{ blockId: '0190a000-0000-7000-8000-000000000009', index },
  ...{ level: 2 + (index % 3), text: `Case ${index} 第 ${index} 例` },
})) as ArticleHeading[]

it('the contents of a long article are its first headings down to the third level, and how many more there are', () => {
  const contents = contentsOf(headings)
  expect(contents).toHaveLength(2000)
  const { listed, left } = listHeadings(contents, ' ')
  expect([listed.length, left]).toEqual([200, 1800])
})

it('words find the other headings, in both languages and any case', () => {
  expect(listHeadings(headings, 'case 2999').listed.map(({ index }) => index)).toEqual([2999])
  expect(listHeadings(headings, '第 2998 例')).toMatchObject({ listed: [{ index: 2998 }], left: 0 })
  expect(listHeadings(headings, 'nowhere')).toEqual({ listed: [], left: 0 })
})
