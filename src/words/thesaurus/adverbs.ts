/** @file How, where and how much: our own thesaurus. `thesaurus.ts` says how it is written. */

export const ADVERBS = `
@adverb manner
slowly, gradually, leisurely, ~gently, ~unhurriedly ! quickly, fast, rapidly, swiftly, suddenly
quickly, rapidly, swiftly, fast, speedily ! slowly, gradually, leisurely, gently, lazily
fast, quickly, rapidly, swiftly ! slowly, leisurely, gradually, sluggishly, lazily
rapidly, quickly, swiftly, fast ! slowly, gradually, leisurely, gently, lazily
swiftly, quickly, rapidly, fast ! slowly, gradually, sluggishly, leisurely, lazily
suddenly, abruptly, ~quickly, ~unexpectedly ! gradually, slowly, gently, steadily, expectedly
gently, softly, lightly, tenderly, ~quietly, ~slowly ! roughly, violently, harshly, forcefully, fiercely
softly, gently, quietly, ~lightly, ~faintly ! loudly, harshly, roughly, brightly, violently
quietly, silently, softly, ~calmly, ~peacefully ! loudly, noisily, wildly, busily, fiercely
silently, quietly, noiselessly, soundlessly, ~mutely ! loudly, noisily, wildly, busily, boisterously
loudly, noisily, ~boisterously ! quietly, silently, softly, calmly, faintly
calmly, peacefully, serenely, quietly, ~placidly ! wildly, nervously, furiously, anxiously, violently
peacefully, calmly, quietly, serenely, tranquilly ! violently, restlessly, noisily, wildly, angrily
wildly, furiously, frantically, ~crazily ! calmly, gently, quietly, tamely, peacefully
gracefully, elegantly, ~smoothly, ~beautifully ! clumsily, awkwardly, stiffly, ungracefully, roughly
elegantly, gracefully, stylishly, ~finely ! clumsily, shabbily, crudely, inelegantly, sloppily
happily, joyfully, cheerfully, gladly, ~merrily ! sadly, unhappily, angrily, gloomily, miserably
joyfully, happily, cheerfully, merrily ! sadly, sorrowfully, gloomily, angrily, mournfully
cheerfully, happily, joyfully, merrily ! sadly, gloomily, grimly, angrily, miserably
sadly, sorrowfully, unhappily, mournfully ! happily, joyfully, cheerfully, gladly, merrily
angrily, furiously, ~fiercely ! calmly, happily, gently, peacefully, kindly
fiercely, ferociously, furiously, ~violently ! gently, calmly, mildly, softly, tamely
proudly, ~boldly, ~confidently ! humbly, shamefully, modestly, shyly, timidly
playfully, ~cheerfully, ~mischievously, ~merrily ! seriously, solemnly, calmly, angrily, sadly
lazily, idly, ~slowly, ~leisurely ! energetically, quickly, busily, actively, diligently
carefully, cautiously, ~gently, ~attentively ! carelessly, recklessly, roughly, hastily, sloppily
eagerly, enthusiastically, keenly, excitedly ! reluctantly, calmly, lazily, unwillingly, indifferently
nervously, anxiously, uneasily ! calmly, confidently, boldly, coolly, bravely
bravely, courageously, boldly, fearlessly ! fearfully, timidly, cowardly, shyly, nervously
brightly, brilliantly, radiantly, vividly ! dimly, darkly, faintly, dully, softly
dimly, faintly, ~darkly, ~weakly ! brightly, brilliantly, clearly, vividly, strongly
vividly, brightly, ~vibrantly ! dully, dimly, faintly, vaguely, palely
warmly, ~cozily, ~softly, ~kindly ! coldly, coolly, icily, harshly, indifferently
beautifully, gorgeously, attractively, ~gracefully ! hideously, badly, unattractively, crudely, poorly
majestically, grandly, magnificently, ~proudly ! humbly, modestly, meekly, clumsily, plainly
mysteriously, strangely, enigmatically ! clearly, plainly, obviously, normally, openly
smoothly, evenly, ~easily, ~steadily ! roughly, unevenly, jerkily, bumpily, awkwardly
tightly, firmly, securely, closely ! loosely, slackly, softly, weakly, openly
loosely, freely, ~slackly ! tightly, firmly, closely, securely, stiffly
neatly, tidily, ~orderly, ~carefully ! messily, sloppily, untidily, carelessly, randomly
deeply, profoundly, ~intensely ! shallowly, slightly, lightly, superficially, barely
heavily, densely, thickly, ~strongly ! lightly, sparsely, thinly, slightly, gently
lightly, gently, softly, ~slightly ! heavily, strongly, thickly, densely, hard
intensely, strongly, deeply, ~fiercely ! mildly, weakly, calmly, slightly, faintly
partially, partly, ~halfway, ~somewhat ! completely, fully, totally, entirely, wholly
completely, entirely, totally, fully, wholly ! partially, partly, barely, hardly, incompletely
fully, completely, entirely, totally ! partially, partly, barely, half, scarcely
highly, very, extremely, greatly ! slightly, poorly, barely, little, minimally
hard, ~strongly, ~heavily, ~forcefully ! softly, gently, lightly, easily, barely
together, jointly, side by side, ~collectively ! apart, separately, alone, individually, asunder
alone, by oneself, solo, ~solitarily ! together, in company, with others, jointly, accompanied
high, ~aloft, ~up high ! low, down, below, deep, near the ground
low, ~down low ! high, aloft, above, up, overhead
far, far away, ~distantly ! near, close, nearby, adjacent, here
nearby, close by, near, ~close at hand ! far away, far, in the distance, remotely, afar
away, off, ~aside ! here, near, back, toward, nearby
inside, indoors, within ! outside, outdoors, without, in the open, outward
outside, outdoors, ~in the open ! inside, indoors, within, inward, under cover
outdoors, outside, in the open ! indoors, inside, within, under a roof, underground
indoors, inside, within ! outdoors, outside, in the open, in the wild, outward
upright, erect, vertically, ~standing ! lying, flat, horizontally, slumped, upside down
everywhere, all around, all over, ~throughout ! nowhere, here, somewhere, in one place, there
forward, ahead, onward ! backward, back, behind, sideways, backwards
backward, backwards, back ! forward, ahead, onward, forwards, sideways
always, forever, constantly, ~ever ! never, rarely, sometimes, occasionally, seldom
again, once more, anew ! never again, once, for the first time, no more, before
`;
