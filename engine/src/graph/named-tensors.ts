/** Tensors by name, float32, row-major; parameter names follow torchvision's state dictionaries. */
export type NamedTensors = Map<string, { shape: number[]; data: Float32Array }>
