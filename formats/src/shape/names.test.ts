import { expect, it } from 'vitest'
import { assignFileNames, ImageIndex, safeFileName } from './names.ts'

it('file names are safe and differ by their stems', () => {
  const images = ['a.png', 'A.jpg', 'b.png', '../../etc/x', 'c:d?.png'].map((name, id) => ({ id: `i${id}`, name }))
  expect(assignFileNames(images)).toEqual(['a-i0.png', 'A-i1.jpg', 'b.png', '__.._etc_x', 'c_d_.png'])
  expect(['', '.', '..', 'x.'].map(safeFileName)).toEqual(['_', '_', '_', 'x_'])
})

it('an image is found by its own name, and never where two have it', () => {
  const size = { width: 1, height: 1 }
  const index = new ImageIndex([
    { name: 'a-1.png', original: 'a.png', ...size },
    { name: 'a-2.jpg', original: 'a.jpg', ...size },
    { name: 'b-3.png', original: 'b.png', ...size },
    { name: 'b-4.png', original: 'b.png', ...size },
  ])
  expect(index.find('train/a.jpg')?.name).toBe('a-2.jpg')
  expect(index.find('b.png')).toBeUndefined()
  expect(index.find('b-4.txt')?.name).toBe('b-4.png')
  expect(index.findByStem('a')).toBeUndefined()
})
