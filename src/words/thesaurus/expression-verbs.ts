/** @file How one looks, speaks and feels, and how things shine and change: our own thesaurus. `thesaurus.ts` says how it is written. */

export const EXPRESSION_VERBS = `
@verb expression
look, gaze, stare, ~peer, ~glance ! look away, ignore, sleep, blink, listen
gaze, stare, look, ~peer, ~watch ! look away, blink, ignore, sleep, run
stare, gaze, look, ~gape, ~peer ! look away, blink, glance, ignore, sleep
peer, look, peek, ~gaze ! look away, ignore, hide, sleep, blink
glance, look, peek ! stare, ignore, gaze, look away, sleep
watch, observe, view, look at, ~see ! ignore, look away, perform, sleep, play
observe, watch, view, ~see ! ignore, overlook, miss, perform, hide
see, view, spot, ~observe, ~watch ! miss, ignore, hear, overlook, hide
face, look at, ~confront, ~front ! turn away, avoid, look away, ignore, flee
listen, hear, ~attend ! speak, ignore, shout, sing, talk
smile, grin, beam, ~smirk ! frown, cry, scowl, weep, pout
grin, smile, beam, ~smirk ! frown, cry, scowl, weep, grimace
laugh, giggle, chuckle, ~smile, ~cackle ! cry, weep, frown, scream, sleep
giggle, laugh, chuckle, ~snicker ! cry, weep, sob, frown, scream
cry, weep, sob, ~shed tears ! laugh, smile, grin, sing, sleep
weep, cry, sob ! laugh, smile, grin, rejoice, sing
frown, scowl, glower, ~grimace ! smile, laugh, grin, beam, wink
scream, shout, yell, shriek ! whisper, laugh, sing, smile, sleep
shout, yell, scream, ~call ! whisper, murmur, sing, listen, mumble
yell, shout, scream, ~bellow ! whisper, murmur, sing, listen, smile
whisper, murmur, ~mutter ! shout, scream, yell, sing, roar
talk, speak, chat, converse ! listen, sing, shout, sleep, read
speak, talk, ~say, ~converse ! listen, sing, write, read, be silent
chat, talk, converse, gossip ! argue, listen, sing, read, work
argue, quarrel, bicker, ~fight ! agree, hug, laugh, sing, dance
call, shout, cry, ~yell ! whisper, listen, text, write, ignore
roar, bellow, growl, ~howl ! purr, whisper, sleep, yawn, meow
growl, snarl, ~roar ! purr, bark, sleep, sing, whimper
bark, yap, woof, ~howl ! meow, sleep, purr, whimper, bite
howl, wail, bay, ~cry ! purr, sleep, bark, whisper, laugh
purr, ~hum ! hiss, growl, bark, scratch, sleep
yawn, ~gape ! laugh, shout, smile, eat, sing
blink, wink, ~flutter ! stare, gaze, cry, sleep, open
breathe, inhale, ~exhale ! choke, drown, hold, speak, eat
think, ponder, contemplate, reflect ! act, sleep, play, talk, laugh
meditate, contemplate, ~pray, ~reflect ! run, dance, fight, shout, play
pray, ~worship, ~meditate ! curse, fight, dance, laugh, sleep
dream, ~imagine, ~fantasize ! wake, work, act, run, remember
celebrate, party, rejoice, ~cheer ! mourn, work, cry, grieve, protest
cheer, applaud, shout, ~celebrate ! boo, cry, mourn, whisper, jeer
enjoy, relish, savor, ~like ! hate, dislike, avoid, suffer, reject
love, adore, cherish, ~like ! hate, fear, ignore, dislike, despise
scare, frighten, terrify ! calm, comfort, amuse, soothe, delight
wink, blink ! stare, frown, cry, sleep, glare
pout, sulk, ~frown ! smile, laugh, grin, cheer, wink

@verb light and state
shine, glow, gleam, ~beam, ~sparkle ! fade, darken, dim, hide, rust
glow, shine, gleam, ~radiate ! fade, darken, dim, burn out, freeze
gleam, shine, glint, glisten, ~sparkle ! fade, darken, dull, rust, dim
glisten, gleam, shine, glitter, ~sparkle ! fade, dull, darken, dry, rust
glitter, sparkle, shine, twinkle, ~glisten ! fade, dull, darken, dim, rust
sparkle, glitter, twinkle, shine, ~glisten ! fade, dull, darken, dim, rust
shimmer, glimmer, sparkle, ~glisten ! fade, darken, dull, freeze, dim
twinkle, sparkle, glitter, ~flicker ! fade, dim, darken, die out, burn
flicker, ~waver, ~flutter, ~twinkle ! glow steadily, die out, freeze, shine, darken
flash, blink, ~sparkle, ~flare ! fade, dim, glow, darken, die
light, illuminate, light up, ~brighten ! darken, dim, extinguish, shade, shadow
illuminate, light, light up, brighten ! darken, dim, shade, shadow, obscure
brighten, lighten, ~illuminate ! darken, dim, fade, dull, shade
darken, dim, ~shade ! brighten, lighten, illuminate, glow, shine
fade, dim, ~vanish, ~dissolve ! brighten, appear, glow, shine, intensify
reflect, mirror, ~echo ! absorb, hide, distort, darken, scatter
blow, ~gust, ~waft ! calm, suck, stop, settle, inhale
rain, pour, drizzle, ~shower ! snow, shine, clear, dry, hail
snow, ~flurry ! rain, thaw, melt, shine, hail
break, pierce, ~burst, ~shine ! hide, fade, block, vanish, close
stretch out, extend, ~spread ! shrink, contract, end, fold, shorten
rise up, tower, ~soar, ~loom ! sink, fall, lie, crumble, collapse
tower, loom, rise, ~soar ! crouch, sink, lie, collapse, crumble
collapse, fall, crumble, ~cave in ! rise, stand, grow, rebuild, tower
crumble, collapse, decay, ~disintegrate ! rise, build, strengthen, rebuild, grow
grow up, ~mature, ~age ! shrink, rejuvenate, stay young, die, wither
spread, extend, ~scatter, ~unfold ! fold, gather, shrink, close, contract
curl, coil, twist, ~wind ! straighten, unroll, stretch, flatten, extend
twist, wind, curl, ~turn ! straighten, untwist, flatten, unroll, smooth
line, border, ~edge, ~flank ! fill, cross, scatter, block, empty
block, obstruct, ~bar ! open, clear, free, allow, unblock
overlook, face, ~tower over, ~look out on ! hide from, turn from, lie below, avoid, ignore
feature, show, ~include, ~present ! lack, hide, omit, exclude, miss
depict, show, portray, ~represent ! hide, erase, omit, describe, obscure
approach, near, ~come closer to ! leave, retreat from, avoid, flee, depart
live, dwell, reside, ~inhabit ! die, leave, visit, work, move out
die, perish, ~pass away ! live, grow, be born, bloom, thrive
begin, start, commence ! end, stop, finish, continue, close
end, finish, stop, ~conclude ! begin, start, continue, go on, open
change, transform, alter, ~shift ! stay, remain, keep, preserve, freeze
transform, change, turn, ~morph ! stay, remain, preserve, keep, stop
become, turn into, ~grow ! remain, stay, cease, keep, leave
keep, hold, retain, ~preserve ! give away, lose, drop, discard, release
`;
