/**
 * One pass from samples to the screen. A place of the screen is led back into the image; enlarged, its pixel is taken as
 * it is (or between four, on wish); made smaller, the mean of up to 4 × 4 places it covers. Shades are found before the
 * mean is taken, as an eye would.
 */

export type SourceKind =
  /** Whole numbers of one channel, to be looked up. */
  | 'grey-integer'
  /** Bytes of one channel in a texture of colours. */
  | 'grey-byte'
  | 'grey-float'
  | 'colour-byte'
  | 'colour-integer'

export const VERTEX = `#version 300 es
void main() {
  vec2 corner = vec2(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0);
  gl_Position = vec4(corner, 0.0, 1.0);
}`

const SHADE: Record<SourceKind, string> = {
  'grey-integer': `
    int index = (int(texelFetch(image, at, 0).r) + offset) & mask;
    return vec4(vec3(texelFetch(table, ivec2(index & 255, index >> 8), 0).r), 1.0);`,
  'grey-byte': `
    vec4 texel = texelFetch(image, at, 0);
    int index = int(texel.r * 255.0 + 0.5);
    return vec4(vec3(texelFetch(table, ivec2(index, 0), 0).r), texel.a);`,
  'grey-float': `
    float value = texelFetch(image, at, 0).r;
    if (value >= padding.x && value <= padding.y) return vec4(0.0, 0.0, 0.0, 1.0);
    float ramp = clamp(value * gain + level, 0.0, 1.0);
    float shade = isnan(ramp) ? 0.0 : ramp;
    return vec4(vec3(isDark ? 1.0 - shade : shade), 1.0);`,
  'colour-byte': `
    vec4 texel = texelFetch(image, at, 0);
    return vec4(toned(texel.rgb), texel.a);`,
  'colour-integer': `
    return vec4(toned(vec3(texelFetch(image, at, 0).rgb) / largest), 1.0);`,
}

const isInteger = (kind: SourceKind) => kind === 'grey-integer' || kind === 'colour-integer'

export const fragmentFor = (kind: SourceKind): string => `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;
precision highp usampler2D;
uniform ${isInteger(kind) ? 'usampler2D' : 'sampler2D'} image;
uniform sampler2D table;
uniform int offset;
uniform int mask;
uniform float gain;
uniform float level;
uniform vec2 padding;
uniform bool isDark;
uniform float largest;
uniform vec3 colour;
uniform mat2 toImage;
uniform vec2 origin;
uniform float height;
uniform ivec2 size;
uniform vec2 corner;
uniform vec2 extent;
uniform vec2 whole;
uniform int taps;
uniform bool isSmooth;
out vec4 shown;

vec3 toned(vec3 value) {
  vec3 start = colour.z > 0.5 ? 1.0 - value : value;
  return clamp((start * colour.x - 0.5) * colour.y + 0.5, 0.0, 1.0);
}

vec4 shadeAt(ivec2 place) {
  ivec2 at = clamp(place, ivec2(0), size - 1);
  ${SHADE[kind]}
}

vec4 between(vec2 place) {
  vec2 middle = place - 0.5;
  ivec2 first = ivec2(floor(middle));
  vec2 part = fract(middle);
  return mix(
    mix(shadeAt(first), shadeAt(first + ivec2(1, 0)), part.x),
    mix(shadeAt(first + ivec2(0, 1)), shadeAt(first + ivec2(1, 1)), part.x), part.y);
}

void main() {
  vec2 screen = vec2(gl_FragCoord.x, height - gl_FragCoord.y);
  vec2 inImage = toImage * (screen - origin);
  vec2 place = inImage - corner;
  if (inImage.x >= whole.x || inImage.y >= whole.y) discard;
  if (place.x < 0.0 || place.y < 0.0 || place.x >= extent.x || place.y >= extent.y) discard;
  vec2 texel = place * vec2(size) / extent;
  vec4 sum = vec4(0.0);
  if (taps <= 1) {
    sum = isSmooth ? between(texel) : shadeAt(ivec2(floor(texel)));
  } else {
    float step = 1.0 / float(taps);
    for (int row = 0; row < taps; row++) {
      for (int column = 0; column < taps; column++) {
        vec2 aside = (vec2(float(column), float(row)) + 0.5) * step - 0.5;
        vec2 tap = (toImage * (screen + aside - origin) - corner) * vec2(size) / extent;
        sum += shadeAt(ivec2(floor(tap)));
      }
    }
    sum *= step * step;
  }
  shown = vec4(sum.rgb * sum.a, sum.a);
}`
