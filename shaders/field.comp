#version 430
// The outputs of a chain of dense layers at every point of a grid over its two inputs: one
// invocation a point. Sums run in the order of the inputs, as on the processor.

layout(local_size_x = 64) in;

struct Step {
  uint inputs, outputs;
  uint weight, bias;  // places in the flat parameters; no_bias: none
  uint activation;    // as in engine/gl/grid_field.cpp
  float slope;
};

layout(std430, binding = 0) readonly buffer Parameters { float parameters[]; };
layout(std430, binding = 1) readonly buffer Steps { Step steps[]; };
layout(std430, binding = 2) writeonly buffer Values { float values[]; };
layout(std430, binding = 3) buffer Done { uint done; };  // points that were finished

layout(location = 0) uniform uvec2 size;   // columns, rows
layout(location = 1) uniform vec4 domain;  // x0, x1, y0, y1
layout(location = 2) uniform uvec2 range;  // the first point, and the one behind the last
layout(location = 3) uniform uint step_count;

const uint widest = 64u;
const uint no_bias = 0xffffffffu;

float squashed(uint activation, float z, float slope) {
  switch (activation) {
    case 1u: return z < 0.0 ? 0.0 : z;
    case 2u: return z < 0.0 ? z * slope : z;
    case 3u: return tanh(clamp(z, -15.0, 15.0));  // some drivers divide infinity by itself
    case 4u: return 1.0 / (1.0 + exp(-z));
  }
  return z;
}

void main() {
  uint point = range.x + gl_GlobalInvocationID.x;
  if (point >= range.y) return;
  float a[widest];
  float z[widest];
  uvec2 cell = uvec2(point % size.x, point / size.x);
  vec2 share = (vec2(cell) + 0.5) / vec2(size);
  a[0] = mix(domain.x, domain.y, share.x);
  a[1] = mix(domain.w, domain.z, share.y);  // the first row lies at the top

  uint outputs = 2u;
  for (uint s = 0u; s < step_count; ++s) {
    Step current = steps[s];
    outputs = current.outputs;
    for (uint j = 0u; j < outputs; ++j) {
      float sum = current.bias == no_bias ? 0.0 : parameters[current.bias + j];
      uint row = current.weight + j * current.inputs;
      for (uint i = 0u; i < current.inputs; ++i) sum += parameters[row + i] * a[i];
      z[j] = squashed(current.activation, sum, current.slope);
    }
    for (uint j = 0u; j < outputs; ++j) a[j] = z[j];
  }
  for (uint j = 0u; j < outputs; ++j) values[point * outputs + j] = a[j];
  atomicAdd(done, 1u);
}
