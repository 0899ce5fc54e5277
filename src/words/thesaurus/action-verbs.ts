/** @file What one does and what happens in a picture: our own thesaurus. `thesaurus.ts` says how it is written. */

export const ACTION_VERBS = `
@verb posture
stand, ~rise, ~stand up, ~pose ! sit, lie, walk, kneel, run
sit, ~perch, ~rest, ~be seated ! stand, lie, walk, run, kneel
lie, recline, ~rest, ~lie down ! stand, sit, run, walk, jump
kneel, ~crouch, ~bow ! stand, sit, lie, run, jump
crouch, squat, stoop, ~kneel ! stand, jump, lie, sit, run
squat, crouch, ~stoop ! stand, lie, jump, sit, run
lean, ~rest, ~recline, ~tilt, ~slant ! stand, sit, walk, fall, run
recline, lie, lounge, ~rest, ~lean back ! stand, sit, walk, run, jump
lounge, relax, recline, ~loll, ~laze ! work, run, stand, exercise, hurry
rest, relax, repose, ~recline, ~lie ! work, run, play, stand, walk
relax, rest, unwind, ~lounge ! work, run, worry, fight, exercise
sleep, slumber, doze, nap, snooze ! wake, play, run, stand, eat
nap, doze, snooze, sleep ! wake, play, run, work, eat
doze, nap, snooze, sleep ! wake, play, run, work, eat
wake, awake, awaken, ~wake up ! sleep, doze, nap, rest, snooze
perch, sit, roost, ~alight, ~rest ! fly, fall, soar, swim, hover
pose, ~sit, ~stand, ~model ! run, dance, move, hide, fall
hang, dangle, ~suspend, ~swing ! stand, lie, fall, float, lean
dangle, hang, ~swing, ~sway ! stand, fall, lie, rise, float
bend, bow, ~stoop, ~curve ! straighten, stand, stretch, break, rise
bow, bend, ~kneel, ~curtsy ! stand, jump, wave, run, sit
stretch, extend, reach, ~spread ! shrink, curl up, contract, crouch, fold
wait, ~linger, ~queue, ~stay, ~stand ! leave, run, walk, board, hurry
stay, remain, ~linger, ~wait ! leave, go, move, depart, run

@verb motion
walk, stroll, stride, ~amble, ~wander, ~march ! run, sit, stand, ride, fly
stroll, walk, amble, ~wander, ~saunter ! run, sit, stand, march, ride
march, parade, stride, walk, ~troop ! run, sit, dance, stand, crawl
wander, roam, stroll, ~ramble, ~rove, ~drift ! stay, run, sit, stand, sleep
roam, wander, rove, ~range ! stay, sleep, sit, stand, settle
hike, trek, walk, ~tramp ! sit, run, swim, drive, fly
trek, hike, ~march, ~walk ! sit, run, fly, drive, swim
run, sprint, dash, race, ~jog ! walk, stand, sit, crawl, sleep
jog, run, ~trot ! walk, sit, stand, sprint, sleep
sprint, run, dash, race ! walk, crawl, stand, sit, jog
dash, run, rush, sprint, ~race ! walk, stand, crawl, sit, stroll
race, run, speed, ~rush, ~compete ! walk, crawl, stop, rest, stroll
rush, hurry, dash, ~run, ~race ! stroll, stop, wait, walk, linger
hurry, rush, hasten, ~dash ! linger, stroll, wait, stop, rest
chase, pursue, follow, ~hunt, ~run after ! flee, ignore, lead, catch, escape
pursue, chase, follow, ~hunt ! flee, ignore, lead, escape, avoid
follow, trail, pursue, ~chase, ~track ! lead, flee, ignore, precede, avoid
lead, guide, conduct, ~head ! follow, push, chase, trail, ignore
guide, lead, direct, ~steer, ~escort ! follow, mislead, push, ignore, chase
flee, escape, run away, ~bolt ! chase, stay, attack, return, stand
escape, flee, get away, ~run away ! stay, enter, return, surrender, hide
crawl, creep, ~inch, ~slither ! run, walk, stand, jump, fly
creep, crawl, sneak, ~steal, ~tiptoe ! run, stomp, jump, march, fly
sneak, creep, ~slip, ~tiptoe, ~prowl ! march, run, stomp, charge, dance
prowl, stalk, ~sneak, ~roam ! sleep, flee, rest, sit, play
stalk, prowl, ~hunt, ~follow ! flee, sleep, play, rest, sit
trot, jog, ~canter, ~run ! gallop, stand, lie, walk, graze
gallop, race, ~run, ~canter ! walk, trot, stand, graze, rest
jump, leap, hop, spring, ~bound ! sit, stand, crawl, lie, walk
leap, jump, spring, bound, ~vault ! sit, crawl, stand, walk, fall
hop, jump, leap, ~bounce, ~skip ! walk, crawl, sit, run, lie
bounce, rebound, ~jump, ~hop ! roll, slide, stick, lie, sink
skip, hop, prance, ~jump ! walk, sit, march, run, trudge
climb, ascend, scale, mount, ~clamber ! descend, fall, slide down, jump off, sit
ascend, climb, rise, mount, ~go up ! descend, fall, sink, drop, slide
descend, go down, drop, ~fall, ~come down, ~sink ! ascend, climb, rise, soar, go up
rise, ascend, ~climb, ~soar, ~go up ! fall, sink, descend, drop, set
fall, drop, descend, tumble, ~plunge ! rise, climb, float, fly, ascend
tumble, fall, roll, ~topple ! rise, stand, climb, float, fly
drop, fall, ~descend, ~let go ! rise, lift, catch, hold, pick up
plunge, dive, fall, ~drop, ~plummet ! rise, climb, float, soar, emerge
sink, submerge, go down, ~descend ! float, rise, swim, fly, surface
float, drift, ~hover, ~bob, ~waft ! sink, fall, fly, drown, stand
drift, float, glide, ~waft, ~wander ! sink, fall, stay, race, stand
hover, float, ~hang, ~fly ! land, fall, sink, perch, dive
fly, soar, glide, ~wing, ~hover ! land, walk, swim, fall, dive
soar, fly, glide, rise, ~ascend ! fall, dive, land, sink, plummet
glide, slide, sail, float, ~drift, ~soar ! stumble, fall, run, walk, crash
flutter, flap, ~wave, ~fly ! rest, fall, hang still, land, stand
flap, flutter, beat, ~wave ! fold, rest, hang, glide, stop
land, alight, touch down, ~settle ! take off, fly, soar, hover, depart
take off, lift off, ~rise, ~depart ! land, touch down, park, taxi, arrive
swim, ~paddle, ~float ! drown, walk, fly, run, sink
dive, plunge, ~jump, ~swoop ! rise, climb, float, fly, surface
surf, ride the waves, ~ride ! swim, walk, ski, drown, sunbathe
sail, cruise, ~navigate, ~float ! sink, fly, drive, anchor, dock
row, paddle, ~scull ! sail, swim, drift, drive, walk
paddle, row, ~canoe ! sail, swim, drift, run, fly
ski, ~snowboard, ~glide ! surf, walk, sled, swim, skate
skate, glide, ~ice-skate ! walk, ski, run, sit, cycle
skateboard, skate ! walk, cycle, run, surf, ski
ride, ~sit on, ~mount, ~travel on ! walk, push, lead, carry, run
drive, steer, ~ride, ~motor ! park, walk, push, repair
cycle, bike, bicycle, ~ride, ~pedal ! walk, drive, run, skate, push
travel, journey, go, ~move, ~tour ! stay, rest, remain, stop, settle
cross, traverse, ~pass, ~go across ! follow, avoid, stop, stay, circle
pass, go by, ~cross, ~overtake ! stop, stay, wait, follow, block
enter, go into, come in, ~walk into ! leave, exit, depart, go out, avoid
leave, depart, exit, ~go ! arrive, enter, stay, return, come
exit, leave, depart, ~go out ! enter, arrive, stay, come in, return
arrive, come, ~reach, ~appear ! leave, depart, go, stay away, exit
approach, near, come near, ~draw near ! leave, retreat, avoid, flee, depart
return, come back, go back ! leave, depart, stay, go, flee
move, shift, go, ~travel ! stay, stop, stand, rest, freeze
stop, halt, pause, ~cease ! go, start, move, run, continue
park, ~station, ~stop, ~leave, ~position ! drive, move, race, crash, tow
speed, race, rush, ~zoom, ~dash ! crawl, stop, park, stroll, slow
crash, smash, collide, ~slam, ~plunge ! stop, glide, drift, trickle, float
collide, crash, ~bump, ~hit ! avoid, miss, separate, pass, stop
turn, rotate, spin, ~revolve, ~swivel ! stop, stay, straighten, stand, go straight
spin, whirl, twirl, rotate, ~turn ! stop, stand, slide, rest, freeze
twirl, spin, whirl, ~turn, ~pirouette ! stand, sit, stop, march, lie
rotate, turn, spin, revolve ! stop, slide, rest, stand, fix
circle, orbit, wheel, ~loop, ~go around ! land, cross, perch, dive, stop
orbit, circle, revolve around, ~go around ! crash into, leave, cross, fall, stop
roll, ~tumble, ~turn, ~spin ! stop, slide, bounce, stand, fly
slide, glide, slip, ~skid ! climb, stick, stop, walk, roll
slip, slide, ~stumble, ~trip ! stand, climb, grip, walk, stick
swing, sway, ~dangle, ~hang ! stand, sit still, slide, stop, fall
sway, swing, wave, ~rock ! stand still, snap, stop, freeze, fall
shake, tremble, quiver, ~vibrate ! rest, hold, calm, stand still, freeze
tremble, shake, shiver, quiver ! rest, stand still, calm, laugh, relax
flow, run, stream, ~course, ~pour ! freeze, stop, dry up, stand, stagnate
pour, stream, flow, ~spill, ~gush ! drip, fill, hold, freeze, empty
drip, trickle, dribble, ~leak ! pour, freeze, dry, gush, flow
spill, pour, overflow, ~leak ! hold, fill, contain, drip, drink
splash, spray, spatter, ~splatter ! dry, sink, drip, freeze, float
swirl, whirl, spin, ~eddy, ~spiral ! settle, stop, fall, freeze, stand
crowd, gather, throng, ~swarm ! disperse, leave, scatter, separate, spread out
gather, assemble, collect, congregate, ~meet ! scatter, disperse, leave, separate, depart
scatter, disperse, spread, ~strew ! gather, collect, stack, pile, arrange
surround, encircle, ring, ~enclose ! avoid, leave, open, release, follow
hide, conceal, ~cover, ~lurk ! show, reveal, appear, expose, emerge
emerge, appear, come out, ~arise ! disappear, vanish, hide, enter, sink
appear, emerge, show up, ~materialize ! disappear, vanish, hide, leave, fade
disappear, vanish, fade, ~go away ! appear, emerge, arrive, stay, shine
vanish, disappear, fade ! appear, emerge, stay, arrive, remain

@verb handling
hold, grip, grasp, clutch, carry ! drop, throw, release, push, put down
grip, grasp, clutch, hold ! drop, release, throw, let go, push
clutch, grip, grasp, hold ! drop, release, throw, let go, push
carry, bear, haul, transport, ~hold, ~tote ! drop, throw, drag, leave, put down
wear, ~sport, ~don, ~be dressed in ! remove, take off, carry, fold, hold
dress, clothe, attire, ~wear ! undress, strip, uncover, bathe, fold
lift, raise, hoist, ~pick up ! lower, drop, put down, push, bury
raise, lift, hoist, ~elevate ! lower, drop, sink, fold, bury
lower, drop, ~let down, ~bring down ! raise, lift, hoist, throw, elevate
throw, toss, hurl, fling, ~pitch ! catch, hold, drop, keep, kick
toss, throw, hurl, ~fling, ~flip ! catch, hold, keep, drop, roll
catch, grab, seize, ~capture ! throw, drop, miss, release, kick
grab, seize, catch, grasp ! drop, release, throw, push, give
kick, boot, ~strike, ~hit ! catch, throw, hold, pick up, roll
hit, strike, ~beat, ~bat ! miss, catch, throw, pet, hold
strike, hit, ~beat, ~smash ! miss, stroke, caress, avoid, catch
punch, hit, strike, ~box ! hug, kick, kiss, caress, miss
push, shove, ~press, ~thrust ! pull, carry, lift, drag, hold
pull, drag, tug, draw, ~tow, ~haul ! push, carry, lift, ride, throw
drag, pull, haul, ~tow, ~draw ! push, carry, lift, throw, roll
tow, pull, drag, haul ! push, park, drive, lift, leave
put, place, set, lay, ~position ! take, remove, lift, throw, drop
place, put, set, lay, ~position ! remove, take, lift, throw, drop
lay, place, put, ~set ! lift, pick up, throw, remove, raise
set, put, place, ~lay ! remove, take, lift, throw, pick up
arrange, organize, order, ~place, ~display ! scatter, jumble, disorganize, mix, knock over
stack, pile, heap, ~arrange ! scatter, spread, knock over, unload, topple
pile, heap, stack ! scatter, spread, clear, remove, line up
take, grab, get, ~carry, ~pick up ! give, leave, drop, return, put
give, hand, offer, present, ~pass ! take, keep, receive, steal, refuse
offer, present, give, ~hand ! refuse, take, withhold, keep, receive
pick, pluck, gather, harvest ! plant, drop, leave, scatter, throw
collect, gather, ~pick up, ~amass ! scatter, throw away, drop, leave, give away
touch, feel, ~stroke, ~handle ! avoid, hit, miss, release, ignore
pet, stroke, caress, pat ! hit, ignore, kick, push, chase
stroke, pet, caress, ~pat, ~rub ! hit, slap, scratch, push, ignore
hug, embrace, cuddle, ~hold ! push, fight, ignore, hit, wave at
embrace, hug, hold, ~cuddle ! push away, fight, reject, hit, ignore
kiss, peck, ~smooch ! slap, bite, hit, ignore, push
point, gesture, indicate, ~aim ! hide, wave, look away, sit, fold
aim, point, ~target, ~direct ! miss, lower, drop, shoot, look away
wave, gesture, ~signal, ~flutter ! ignore, sit, point, clap, hide
clap, applaud ! boo, wave, sit, sleep, point
shoot, fire, ~launch ! miss, hold, drop, throw, heal
attack, assault, strike, ~charge ! defend, protect, flee, hug, retreat
defend, protect, guard, ~shield ! attack, abandon, surrender, flee, destroy
protect, guard, defend, shield ! attack, abandon, harm, expose, destroy
guard, protect, watch, defend, ~patrol ! attack, abandon, ignore, leave, sleep
fight, battle, combat, ~struggle, ~brawl ! hug, dance, embrace, flee, shake hands
battle, fight, combat, ~struggle ! hug, dance, surrender, flee, embrace
break, smash, shatter, ~crack, ~split ! repair, fix, mend, build, assemble
shatter, smash, break, ~splinter ! repair, mend, assemble, fix, glue
smash, shatter, break, crush ! repair, mend, build, fix, polish
crush, squash, smash, ~press ! build, inflate, repair, expand, lift
tear, rip, shred, ~split ! mend, sew, repair, patch, fold
rip, tear, shred ! mend, sew, repair, patch, glue
cut, slice, chop, ~carve, ~trim ! join, glue, sew, mix, break
slice, cut, carve, ~chop ! join, mash, glue, stack, mix
chop, cut, hack, ~slice ! plant, join, mix, peel, glue
carve, cut, sculpt, ~engrave, ~chisel ! paint, mold, fill, mend, glue
fix, repair, mend, ~restore ! break, destroy, damage, tear, smash
repair, fix, mend, ~restore ! break, destroy, damage, smash, abandon
build, construct, erect, ~assemble, ~make ! destroy, demolish, break, tear down, abandon
construct, build, erect, ~assemble ! destroy, demolish, tear down, break, dismantle
destroy, demolish, wreck, ruin, ~break ! build, create, repair, restore, protect
create, make, produce, ~craft, ~form ! destroy, break, copy, erase, ruin
make, create, build, produce, ~craft ! destroy, break, buy, ruin, sell
craft, make, create, ~build, ~fashion ! destroy, break, buy, ruin, smash
open, unlock, ~unfold, ~uncover ! close, shut, lock, seal, cover
close, shut, ~seal, ~lock ! open, unlock, break, leave open, uncover
shut, close, ~seal ! open, unlock, leave ajar, break, unfold
lock, bolt, fasten, ~secure ! unlock, open, break, release, unfasten
tie, bind, fasten, knot, ~attach ! untie, cut, loosen, release, free
attach, fasten, fix, ~connect ! detach, remove, cut, separate, loosen
wrap, cover, ~envelop, ~swathe, ~bundle ! unwrap, uncover, open, expose, reveal
cover, coat, ~blanket, ~wrap, ~drape ! uncover, expose, reveal, strip, bare
top, cover, crown, garnish, ~cap ! fill, stuff, surround, uncover, line
fill, load, pack, ~stuff ! empty, drain, clear, spill, unload
empty, clear, drain, ~unload ! fill, load, pack, stuff, refill
load, fill, pack, ~pile ! unload, empty, drop, remove, discharge
unload, empty, discharge ! load, fill, pack, carry, board
pack, fill, ~load, ~stuff ! unpack, empty, unload, scatter, throw away
stuff, fill, pack, ~cram ! empty, unpack, cover, clear, drain
decorate, adorn, ornament, ~embellish ! strip, uglify, damage, empty, leave bare
adorn, decorate, ornament, ~embellish ! strip, damage, uglify, leave bare, deface
paint, ~color, ~draw, ~depict ! erase, sculpt, photograph, strip, carve
draw, sketch, ~paint, ~outline ! erase, photograph, sculpt, write, read
sketch, draw, outline ! paint, photograph, erase, sculpt, write
write, pen, scribble, ~inscribe, ~jot ! read, erase, draw, type, speak
read, peruse, ~study, ~look at ! write, ignore, burn, close, draw
study, read, examine, ~learn ! play, ignore, teach, sleep, relax
type, keyboard, ~write ! read, talk, draw, sleep, handwrite
print, ~publish, ~imprint ! erase, paint, write, draw, delete
photograph, shoot, snap, ~capture ! paint, draw, sketch, ignore, pose
film, record, shoot, ~videotape ! photograph, paint, watch, erase, edit
play, ~perform, ~frolic, ~have fun ! work, sleep, rest, watch, study
frolic, play, romp, ~gambol ! sleep, work, rest, fight, sit
perform, play, act, ~sing ! watch, rehearse, listen, rest, sit
sing, croon, ~chant, ~perform ! shout, whisper, dance, listen, speak
dance, ~twirl, ~sway, ~waltz, ~whirl ! sit, stand, march, sleep, fight
work, labor, toil, ~operate ! rest, play, sleep, relax, lounge
cook, prepare, ~fry, ~bake, ~make ! eat, wash, serve, freeze, burn
bake, cook, make, ~roast ! eat, freeze, fry, boil, decorate
fry, cook, ~grill, ~saute ! boil, bake, freeze, eat, steam
grill, barbecue, broil, ~roast ! boil, freeze, bake, eat, steam
roast, bake, cook, ~grill ! boil, freeze, fry, steam, eat
boil, simmer, ~cook ! freeze, bake, fry, cool, chill
prepare, make, ready, ~cook ! eat, destroy, serve, clean up, finish
serve, offer, ~present, ~dish up ! eat, cook, take, order, refuse
eat, consume, devour, dine, ~chew, ~munch ! drink, cook, starve, feed, spit
devour, eat, consume, ~gobble ! feed, starve, cook, spit, nibble
munch, chew, eat, ~nibble ! drink, spit, feed, cook, sniff
bite, nip, ~chew, ~snap ! lick, kiss, spit, swallow, sniff
chew, munch, ~bite, ~gnaw ! swallow, drink, spit, lick, sniff
lick, lap, ~taste ! bite, sniff, chew, scratch, eat
graze, feed, browse, ~eat ! sleep, run, drink, gallop, fly
feed, nourish, ~give food ! starve, chase, ignore, eat, wash
drink, sip, ~gulp, ~swallow ! eat, pour, spit, spill, cook
sip, drink, ~taste ! gulp, pour, spit, eat, spill
pour out, empty, ~serve ! fill, drink, freeze, hold, wipe
wash, clean, rinse, ~scrub, ~bathe ! dirty, dry, stain, soil, paint
clean, wash, wipe, tidy, ~scrub ! dirty, soil, stain, mess up, ignore
scrub, clean, wash ! dirty, stain, dry, paint, ignore
bathe, wash, ~soak, ~clean ! dry, dress, dirty, run, sleep
brush, comb, ~groom, ~sweep ! tangle, cut, ignore, wash, shave
comb, brush, ~groom ! tangle, cut, mess up, wash, shave
sweep, brush, ~clean ! scatter, mop, dirty, spill, vacuum
water, irrigate, sprinkle, ~spray, ~tend ! dry, pick, dig, cut, plant
plant, sow, ~grow ! harvest, uproot, pick, cut, water
grow, ~cultivate, ~sprout, ~develop ! shrink, wither, die, cut, harvest
bloom, blossom, flower ! wither, wilt, die, fade, droop
wither, wilt, fade, ~shrivel ! bloom, blossom, grow, thrive, flourish
dig, excavate, burrow, ~shovel ! fill, bury, plant, climb, build
bury, inter, ~cover, ~entomb ! dig up, unearth, expose, plant, burn
burn, blaze, flame, ~smolder ! freeze, extinguish, melt, drown, glow
freeze, ~ice over, ~chill ! melt, thaw, burn, boil, heat
melt, dissolve, thaw, ~liquefy ! freeze, solidify, harden, burn, chill
dry, ~wipe, ~drain ! wet, soak, wash, moisten, water
soak, drench, ~wet ! dry, wipe, drain, burn, parch
explode, blow up, burst, ~detonate ! implode, freeze, build, fizzle, shrink
burst, explode, pop, ~erupt ! inflate, close, shrink, mend, fill
erupt, explode, burst ! sleep, freeze, calm, collapse, cool
buy, purchase, ~shop for ! sell, steal, return, give, eat
sell, vend, ~trade ! buy, give, steal, keep, purchase
shop, ~browse, ~buy ! sell, cook, work, steal, rest
steal, rob, ~take ! give, return, buy, pay, guard
search, seek, look for, ~hunt ! find, hide, ignore, lose, abandon
hunt, chase, stalk, ~pursue ! flee, fish, protect, feed, gather
find, discover, locate ! lose, hide, miss, search, ignore
use, employ, operate, ~utilize ! break, ignore, discard, store, repair
operate, run, use, ~control ! break, stop, repair, abandon, ignore
control, operate, steer, ~command ! release, obey, lose, follow, free
show, display, ~present, ~exhibit ! hide, conceal, cover, erase, remove
display, show, exhibit, present ! hide, conceal, cover, remove, store
reveal, show, expose, ~uncover ! hide, conceal, cover, mask, obscure
contain, hold, include ! lack, exclude, leak, spill, release
connect, join, link, ~attach ! separate, disconnect, cut, divide, detach
join, connect, unite, ~link ! separate, leave, split, divide, part
separate, divide, split, ~part ! join, unite, connect, mix, merge
mix, blend, stir, combine ! separate, divide, sort, freeze, pour
blend, mix, merge, combine ! separate, contrast, divide, clash, split
stir, mix, ~whisk, ~blend ! pour, freeze, settle, strain, separate
meet, encounter, greet, ~gather ! part, avoid, leave, separate, miss
greet, welcome, hail, ~meet ! ignore, avoid, dismiss, leave, attack
visit, ~call on, ~tour ! leave, avoid, inhabit, ignore, abandon
help, aid, assist, ~support ! hinder, harm, ignore, attack, abandon
teach, instruct, educate, ~train ! learn, study, ignore, play, sleep
train, practice, exercise, ~drill ! rest, compete, sleep, lounge, relax
exercise, train, work out ! rest, sleep, lounge, eat, sit
balance, ~poise, ~steady ! fall, topple, drop, tip over, stumble
support, hold up, bear, prop ! drop, crush, topple, oppose, undermine
explore, ~search, ~wander through, ~discover ! avoid, leave, guard, ignore, flee
camp, ~encamp, ~bivouac ! leave, drive, fly, swim, hike
fish, angle, ~catch fish ! swim, hunt, sail, cook, surf
`;
