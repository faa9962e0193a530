import type { Project } from '@vesalius/contracts'
import { describe, expect, it } from 'vitest'
import {
  addRow,
  changeRow,
  editedClasses,
  keepRow,
  mergeRow,
  moveRow,
  removeRow,
  splitRow,
  startRows,
} from './class-rows.ts'

const project = { classes: ['healthy', 'dog', 'fox'], classColours: [null, '#aa3355', null] } as Project
const start = () => startRows(project, (name) => (name === 'healthy' ? '健康' : name))
const say = (rows: ReturnType<typeof start>) =>
  editedClasses(rows).map(({ name, was, takes }) => `${name}:${was}${takes.length > 0 ? `+${takes}` : ''}`)

describe('the classes while they are edited', () => {
  it('keep the name of the project where nobody changed what is shown', () => {
    expect(say(start())).toEqual(['healthy:0', 'dog:1', 'fox:2'])
    expect(say(changeRow(start(), 0, { shown: ' Sound ' }))).toEqual(['Sound:0', 'dog:1', 'fox:2'])
  })

  it('are added, moved, merged, split and removed, and come back', () => {
    expect(say(changeRow(addRow(start()), 3, { shown: 'owl' }))[3]).toBe('owl:null')
    expect(say(moveRow(start(), 2, -1))).toEqual(['healthy:0', 'fox:2', 'dog:1'])
    expect(say(moveRow(start(), 0, -1))).toEqual(['healthy:0', 'dog:1', 'fox:2'])
    const merged = mergeRow(mergeRow(start(), 2, 1), 1, 0)
    expect(say(merged)).toEqual(['healthy:0+1,2'])
    expect(say(splitRow(merged, 2))).toEqual(['healthy:0+1', 'fox:2'])
    const removed = removeRow(mergeRow(start(), 2, 1), 1)
    expect(removed.removed.map(({ stored }) => stored)).toEqual(['dog', 'fox'])
    expect(say(keepRow(removed, 2))).toEqual(['healthy:0', 'fox:2'])
    expect(removeRow(addRow(start()), 3).removed).toEqual([])
  })
})
