import { describe, expect, it } from 'vitest'
import { encodeModel } from '../graph/encode-model.ts'
import type { OnnxGraph, OnnxNode } from '../graph/onnx-model.ts'
import { WireWriter } from '../graph/wire-writer.ts'
import { inspectModel, UnusableModelError } from './inspect-model.ts'

const NODE: OnnxNode = { name: 'n', operator: 'Relu', domain: '', inputs: ['x'], outputs: ['y'], attributes: {} }
const GRAPH: OnnxGraph = {
  name: 'g',
  nodes: [NODE],
  initializers: [{ name: 'w', type: 'float32', shape: [1], bytes: new Uint8Array(4) }],
  inputs: [
    { name: 'x', type: 'float32', shape: ['N', 3, 32, 32] },
    { name: 'w', type: 'float32', shape: [1] },
  ],
  outputs: [{ name: 'y', type: 'float32', shape: ['N', 3, 32, 32] }],
}

function model(changes: Partial<OnnxGraph> = {}, operatorSets = [{ domain: '', version: 17 }]): Uint8Array {
  const graph = { ...GRAPH, ...changes }
  return encodeModel({ irVersion: 8, producer: 'test', operatorSets, metadata: new Map(), graph })
}

/** A model whose graph has one more field. */
function modelWith(write: (graph: WireWriter) => void): Uint8Array {
  const writer = new WireWriter()
  writer.message(7, write)
  writer.message(8, (entry) => entry.integer(2, 17))
  return writer.toBytes()
}

const join = (...all: Uint8Array[]) => new Uint8Array(Buffer.concat(all))

describe('looking at a model file before it is opened', () => {
  it('tells what goes in and out and which operator answers', () => {
    const summary = inspectModel(model())
    expect(summary).toMatchObject({ operatorSet: 17, nodes: 1 })
    expect(summary.inputs).toEqual([{ name: 'x', isFloat: true, shape: [null, 3, 32, 32] }])
    expect(summary.outputs.map(({ name }) => name)).toEqual(['y'])
    expect(summary.makers.get('y')).toEqual({ operator: 'Relu', inputs: ['x'] })
  })

  it.each([
    ['text', new TextEncoder().encode('no model at all'), /not an ONNX model/],
    ['nothing', new Uint8Array(), /no network/],
    ['half a model', model().subarray(0, 60), /not an ONNX model/],
    ['two graphs', join(model(), model()), /more than one/],
    ['an old operator set', model({}, [{ domain: '', version: 5 }]), /operator set 5/],
    ['a coming operator set', model({}, [{ domain: '', version: 99 }]), /operator set 99/],
    ['foreign operators', model({ nodes: [{ ...NODE, domain: 'com.example' }] }), /outside the ONNX standard/],
    ['too many operators', model({ nodes: Array.from({ length: 20_001 }, () => NODE) }), /more than 20000/],
    [
      'numbers in another file',
      modelWith((graph) => graph.message(5, (tensor) => tensor.message(13, (entry) => entry.text(1, 'location')))),
      /another file/,
    ],
    [
      'numbers of a constant in another file',
      modelWith((graph) =>
        graph.message(1, (node) => node.message(5, (entry) => entry.message(5, (tensor) => tensor.integer(14, 1)))),
      ),
      /another file/,
    ],
    [
      'a loop',
      modelWith((graph) => graph.message(1, (node) => node.message(5, (entry) => entry.message(6, () => {})))),
      /loops or branches/,
    ],
    ['own operators', join(model(), new Uint8Array([0xca, 0x01, 0x00])), /of its own/],
  ])('refuses %s and says why', (_, bytes, reason) => {
    expect(() => inspectModel(bytes)).toThrow(reason)
    expect(() => inspectModel(bytes)).toThrow(UnusableModelError)
  })
})
