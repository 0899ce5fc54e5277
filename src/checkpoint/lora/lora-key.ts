/**
 * @file The keys of LoRA files, of every trainer that wrote them: which module of which component a tensor belongs to.
 *
 * kohya:                 `lora_unet_down_blocks_0_…_to_q.lora_down.weight`, `.lora_up.weight`, `.alpha` (`lora_te_`, `lora_te1_`, `lora_te2_`)
 * peft:                  `unet.down_blocks.0.….to_q.lora_A.weight`, `.lora_B.weight` (`text_encoder.`, `text_encoder_2.`)
 * diffusers, late 2023:  `unet.….to_q.lora.down.weight`, `text_encoder.….q_proj.lora_linear_layer.down.weight`
 * diffusers, early 2023: `unet.….attn1.processor.to_q_lora.down.weight`, `text_encoder.….self_attn.to_q_lora.down.weight`
 *
 * A key without a component's name belongs to the UNet; `base_model.model.` and `diffusion_model.` may stand before it.
 */

export type LoraComponent = 'unet' | 'text_encoder' | 'text_encoder_2';
export type LoraRole = 'down' | 'up' | 'alpha';

export interface LoraKey {
  readonly component: LoraComponent;
  /** The module's name as the file has it, behind the component: with dots or, by kohya, with underscores alone. */
  readonly module: string;
  readonly role: LoraRole;
}

const COMPONENT_PREFIXES: readonly (readonly [RegExp, LoraComponent])[] = [
  [/^lora_unet_/, 'unet'],
  [/^lora_te1?_/, 'text_encoder'],
  [/^lora_te2_/, 'text_encoder_2'],
  [/^unet\./, 'unet'],
  [/^text_encoder\./, 'text_encoder'],
  [/^text_encoder_2\./, 'text_encoder_2'],
  [/^(?:model\.)?diffusion_model\./, 'unet'],
  // Without a component's name: told by what only a text tower has.
  [/^(?=text_model\.)/, 'text_encoder'],
];

const WRAPPER = /^base_model\.model\./;

const SUFFIXES: readonly (readonly [RegExp, LoraRole])[] = [
  [/\.(?:lora_down|lora_A|lora\.down|lora_linear_layer\.down)(?:\.default)?\.weight$/, 'down'],
  [/\.(?:lora_up|lora_B|lora\.up|lora_linear_layer\.up)(?:\.default)?\.weight$/, 'up'],
  [/(?:\.lora|\.lora_linear_layer)?\.alpha$/, 'alpha'],
];

const PROCESSOR = /\.(?:processor\.)?to_([qkv]|out)_lora\.(down\.weight|up\.weight|alpha)$/;

/** Kinds of adapters, by their keys, that change weights in another way. */
const OTHER_KINDS: readonly (readonly [RegExp, string])[] = [
  [/\.hada_[wt]/, 'LoHa (Hadamard products)'],
  [/\.lokr_[wt]/, 'LoKr (Kronecker products)'],
  [/\.lora_mid\./, 'LoCon with Tucker decomposition (lora_mid)'],
  [/\.dora_scale$|\.lora_magnitude_vector(?:\.|$)/, 'DoRA (dora_scale)'],
  [/\.(?:oft|boft)_|\.oft_/, 'OFT'],
  [/\.(?:a1|a2|b1|b2|b3)\.weight$/, 'GLoRA'],
  [/\.on_input$|\.ia3_|\.lora_ia3/, '(IA)³'],
  [/\.(?:diff|diff_b|set_weight)$/, 'full differences (.diff)'],
  [/\.(?:lora_[AB]|lora_up|lora_down)(?:\.default)?\.bias$/, 'LoRA with biases'],
  [/\.(?:w_norm|b_norm)$/, 'norms (w_norm)'],
];

/** The kind of adapter that `key` belongs to, where it is one that is not supported. */
export function unsupportedKind(key: string): string | undefined {
  return OTHER_KINDS.find(([pattern]) => pattern.test(key))?.[1];
}

/** What `key` says; undefined where it is no key of a LoRA. */
export function parseLoraKey(key: string): LoraKey | undefined {
  const { component, rest } = componentOf(key);
  const processor = PROCESSOR.exec(rest);
  if (processor) {
    const [suffix, projection, role] = processor as unknown as [string, string, string];
    const module = `${rest.slice(0, -suffix.length)}.${projectionName(component, projection)}`;
    return { component, module, role: role.replace('.weight', '') as LoraRole };
  }
  for (const [pattern, role] of SUFFIXES) {
    const suffix = pattern.exec(rest);
    if (suffix && suffix.index > 0) return { component, module: rest.slice(0, suffix.index), role };
  }
  return undefined;
}

function componentOf(key: string): { component: LoraComponent; rest: string } {
  const unwrapped = key.replace(WRAPPER, '');
  for (const [prefix, component] of COMPONENT_PREFIXES) {
    if (prefix.test(unwrapped))
      return { component, rest: unwrapped.replace(prefix, '').replace(WRAPPER, '') };
  }
  return { component: 'unet', rest: unwrapped };
}

/** What the early attention processors call `to_q` is another layer's name in a text tower. */
function projectionName(component: LoraComponent, projection: string): string {
  if (component !== 'unet') return `${projection}_proj`;
  return projection === 'out' ? 'to_out.0' : `to_${projection}`;
}
