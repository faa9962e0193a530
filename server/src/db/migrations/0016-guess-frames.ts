/** Which frames of a file of several the model looks at. */
export const guessFrames: readonly string[] = [
  `UPDATE projects SET algorithm = '{"guessFrames": "first"}'::jsonb || algorithm`,
]
