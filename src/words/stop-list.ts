/**
 * @file What must never be proposed: readings of a word that name race, ethnicity, sex or drugs, and insults. A word that is
 * harmless in another sense (pig, tool) is kept out by that sense's definition; a word that is not, by its name.
 */

import { baseForms } from './inflection.ts';
import { POINTER, type Synset, type WordNet } from './wordnet.ts';

const RACE = `aborigine african african-american afro-american anglo asian asiatic aryan black-skinned blackamoor brown-skinned
  caucasian caucasic caucasoid colored coloured colored_person coon dago dark-complexioned dark-skinned darkey darkie darky
  fair-skinned gipsy gook goy gringo gypsy half-breed half-caste heeb honkey honkie honky hymie jap jewish_ghetto ghetto kike kraut
  light-skinned mestizo mongol mongolian mongoloid mulatto negress negro negroid nigga nigger nigra octoroon oriental paleface
  people_of_color person_of_color polack quadroon raghead redskin redneck sambo slant-eye spic spick squaw swarthy tawny-skinned
  wetback white-skinned white_man white_person white_race whitey wog wop yellow-skinned yid`;

const SEX = `anal anus aroused arse arsehole ass asshole ballock ballocks bare-breasted bedfellow big-breasted big_with_child bitch bitchy
  blow_job blowjob bollock bollocks boner bonk boob boobs bosom bosomy bra breasty brothel bugger busty butt buttocks buxom call_girl
  carnal cathouse clit clitoris cock cockteaser condom copulate copulation corset courtesan crotch cum cunnilingus cunt curvaceous
  curvy deflower dick dildo dyke ecchi ejaculate enceinte erection erotic fag faggot fellatio fetish fishnet_stockings floozie floozy
  fornicate fornication fuck fucked fucker fucking full-bosomed gay genital genitalia genitals get_laid gigolo gravid harem harlot
  have_sex heavy_with_child hentai homo homosexual hooker horny hottie hump incest intercourse jerk_off jism jizz knocked_up
  lady_of_pleasure lech lecher leching leer lesbian lesbo lewd libidinous libido lie_with lingerie loose_woman lovemaking lust lustful
  make_love make_out masturbate masturbation mistress molest naked nipple nude nudity nymphomaniac ogle oral_sex orgasm orgy paramour
  pecker pederast pedophile penis perv pervert phallus pimp poof poofter porn porno pornographic pornography pregnant promiscuous prostitute
  pubic pussy putz queer racy randy rape rapist raunchy ribald risque ruttish screw scrotum seduce seducer seductress semen sensual
  sex sexual sexually sexy shag shemale shtup sleep_around sleep_with slut sluttish smut snog sodomite sodomy sperm stripper
  streetwalker strumpet testicle testis tit tits titties titty topless tranny transvestite trollop turned_on twat undressed unclothed
  vagina virgin virginal voluptuous voyeur vulva wank wanker wanton wench whore whorehouse with_child`;

const INSULTS = `anorexic bastard bint blighter bloody brat cad crap crapper cretin cripple crone cuss damn damned dimwit doddering
  dotard dumbass dunce fart fathead fatso freak fuckup geezer goddamn hag halfwit harridan honker hussy idiot imbecile imp jackass
  kid_stuff loony lunatic madman maniac midget moron motherfucker nincompoop nitwit numskull nutcase old_bag old_fart pisser piss
  pissed piss_off pee psycho retard retarded schmuck scum senile shit shithead shitter shitty simpleton slob son_of_a_bitch spastic
  tosser turd tyke urchin weirdo`;

const DRUGS_AND_HARM = `beheaded cocaine corpse crystal_meth dead_body dope dope_fiend hashish heroin holocaust lynch marijuana massacre
  meth methamphetamine murder murderer nazi opium opium_den pothead rape slaughter slave slavery speed_freak stoned stoner suicide
  swastika terrorist torture`;

const STOPPED_TERMS: ReadonlySet<string> = new Set(
  [RACE, SEX, INSULTS, DRUGS_AND_HARM]
    .flatMap((words) => words.split(/\s+/))
    .map((word) => word.replaceAll('_', ' ')),
);

/** Beginnings of words whose derivations are no better: *bitchery*, *nakedness*. */
const STOPPED_STEM = new RegExp(
  `^(?:${[
    'nigger|nigga|caucas|mongoloid|mulatt|honk(?:y|ie)|gyps(?:y|ies)|negro|chink|squaw|redskin|fuck|cunt|shit|piss|bitch|slut|whor',
    'bastard|pussy|wank|penis|vagin|testic|genital|nipple|phall|orgas|copul|masturb|fornic|sodom|porn|erotic|hentai|nud(?:e|i)|naked',
    'prostitut|harlot|strumpet|brothel|rapis|rape(?!seed)|fagg?ot|lesbian|homosex|trann(?:y|ies)|incest|pedophil|paedophil|retard|cretin',
    'imbecil|moron|spastic|heroin(?!e)|cocain|swastika|nazi|genocid|asshol|boob|sex(?!t)',
  ].join('|')})`,
);

/** Definitions of senses that are left out whole, with all their words. */
const STOPPED_GLOSS = new RegExp(
  [
    String.raw`\b(?:slang|vulgar|obscene|offensive|derogatory|disparaging|insulting|uncomplimentary|pejorative|abusive)\b`,
    String.raw`\bslurs?\b`,
    String.raw`\binformal terms? (?:for|of)\b`,
    String.raw`\bsex(?:ual|ually|y)?\b|\berotic|\bcopulat|\bgenital|\bpenis\b|\bvagina|\btestic|\bbosom|\bbuttocks\b`,
    String.raw`\bprostitut|\bpromiscuous|\blewd|\blustful|\bindecen|\bhomosexual|\bpregnan`,
    String.raw`\bracial|\bethnic|\brace of\b|\bhuman race\b|\bskin (?:colou?r|pigment)|\b(?:dark|light|fair|white|black)[ -]skin`,
    String.raw`\bcaucasian|\bnegro|\bslave|\bnarcotic|\bcocaine|\bmarijuana|\bamphetamine|\bopium|\bheroin\b`,
    String.raw`\bexcrement|\bfeces|\bdefecat|\burinat|\burine\b`,
  ].join('|'),
  'i',
);

/** The words of the synsets that a sense's usage domain (`;u`) points to when it is no word for a caption. */
const STOPPED_USAGES: ReadonlySet<string> = new Set([
  'ethnic slur',
  'obscenity',
  'disparagement',
  'slang',
  'dirty word',
]);

/** Whether `text` is, or has as one of its words, in any inflection, a word that must not be proposed. */
export function isStoppedTerm(text: string): boolean {
  const term = text.trim().toLowerCase().replace(/\s+/g, ' ');
  const words = term.split(/[ -]/);
  const heads = words.map((word, index) => [word, words.slice(index + 1)] as const);
  return (
    isStoppedForm(term) ||
    heads.some(([word, rest]) => isStoppedForm(word) || isStoppedForm([word, ...rest].join(' ')))
  );
}

function isStoppedForm(term: string): boolean {
  if (STOPPED_TERMS.has(term) || STOPPED_STEM.test(term)) return true;
  const space = term.indexOf(' ');
  const [first, rest] = space < 0 ? [term, ''] : [term.slice(0, space), term.slice(space)];
  // Of the adjectives only -ier and -iest: with -er the stop list would forbid butter
  const adjectives = baseForms(first, 'adjective').filter(({ lemma }) => lemma.endsWith('y'));
  const bases = [...baseForms(first, 'noun'), ...baseForms(first, 'verb'), ...adjectives];
  return bases.some(({ lemma }) => STOPPED_TERMS.has(lemma + rest));
}

const STOPPED_SENSES = new WeakMap<Synset, boolean>();

/** Whether a sense is one whose words must not be proposed, by its definition or by the usage that WordNet notes. */
export function isStoppedSense(synset: Synset, wordnet: WordNet): boolean {
  const known = STOPPED_SENSES.get(synset);
  if (known !== undefined) return known;
  const definition = synset.gloss.split('"')[0];
  const usages = wordnet.related(synset, POINTER.usage);
  const stopped =
    STOPPED_GLOSS.test(definition) ||
    usages.some(({ words }) => words.some((word) => STOPPED_USAGES.has(word)));
  STOPPED_SENSES.set(synset, stopped);
  return stopped;
}
