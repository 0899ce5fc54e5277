/** @file Furniture, appliances, tools, vessels, instruments and toys: our own thesaurus. `thesaurus.ts` says how it is written. */

export const TOOL_NOUNS = `
@noun furniture < furniture
chair, seat, armchair, ~stool ! table, bed, sofa, bench, desk
armchair, chair, easy chair, ~recliner ! stool, bench, table, bed, sofa
stool, ~seat, ~barstool ! armchair, sofa, table, bench, bed
rocking chair, rocker, ~chair ! stool, sofa, bench, bed, swing
throne, ~royal seat, ~chair ! stool, bench, bed, table, sofa
sofa, couch, settee, ~loveseat ! chair, bed, table, bench, desk
couch, sofa, settee, ~loveseat ! chair, bed, table, bench, desk
table, ~desk, ~tabletop ! chair, bed, sofa, shelf, bench
desk, table, ~workstation, ~writing table ! bed, sofa, chair, shelf, cabinet
bed, ~bunk, ~cot, ~mattress ! sofa, table, chair, desk, floor
crib, cradle, cot ! bed, stroller, chair, playpen, sofa
shelf, bookshelf, ~ledge, ~rack ! table, drawer, floor, window, cabinet
bookshelf, bookcase, shelf, ~shelves ! desk, table, cabinet, bed, wardrobe
bookcase, bookshelf ! desk, table, wardrobe, sofa, bed
cabinet, cupboard, closet, ~locker ! table, shelf, bed, desk, sofa
cupboard, cabinet, closet, ~pantry ! table, shelf, oven, bed, desk
wardrobe, closet, ~cupboard ! bed, bookshelf, desk, table, dresser
dresser, chest of drawers, bureau ! bed, wardrobe, desk, table, sofa
drawer, ~compartment ! shelf, door, box, basket, cabinet
counter, countertop, ~worktop ! table, sink, shelf, stove, floor
mirror, looking glass, ~glass ! window, painting, wall, clock, door
rug, carpet, mat ! tile floor, curtain, blanket, hardwood floor, towel
carpet, rug, ~mat ! tile, wooden floor, curtain, grass, concrete
mat, rug, ~doormat ! chair, carpet, towel, bed, blanket
curtain, drape, ~blind, ~drapery* ! window, carpet, door, wall, blanket
pillow, cushion, ~bolster ! blanket, mattress, rock, towel, chair
cushion, pillow, pad ! blanket, chair, rug, mattress, brick
blanket, quilt, bedspread, comforter, ~cover ! pillow, towel, sheet, rug, curtain
quilt, blanket, comforter, ~bedspread ! pillow, sheet, rug, towel, mattress
sheet, bedsheet, ~linen* ! blanket, pillow, towel, rug, curtain
mattress, ~bed ! pillow, floor, blanket, sofa, carpet
lamp, light, lantern, ~table lamp ! candle, window, clock, vase, mirror
candle, taper, ~candlestick ! lamp, lantern, flashlight, torch, light bulb
lantern, lamp, ~paper lantern, ~light ! candle, torch, balloon, flashlight, star
torch, brand, ~flashlight, ~flame ! lantern, candle, lamp, sword, flag
flashlight, torch, ~lamp ! candle, lantern, phone, camera
chandelier, ~pendant light, ~ceiling lamp ! candle, table lamp, lantern, ceiling fan, spotlight
light bulb, bulb, ~lamp ! candle, lantern, star, torch, flashlight
clock, timepiece, ~watch, ~timekeeper ! mirror, calendar, painting, lamp, compass
hourglass, sandglass, ~sand timer ! clock, watch, lamp, vase, compass
vase, ~urn, ~pot, ~jar ! bottle, bowl, lamp, basket, candle
picture, image, ~painting, ~photo ! mirror, window, text, sculpture, clock
frame, ~picture frame, ~border ! canvas, mirror, center, wall, background
furniture*, furnishings^, ~fittings^ ! empty room, plants, bare floor, books, appliances

@noun appliance < appliance
refrigerator, fridge, icebox, ~freezer ! oven, stove, dishwasher, microwave, washing machine
fridge, refrigerator, icebox, ~freezer ! oven, stove, dishwasher, microwave, cupboard
oven, stove, ~range, ~cooker ! refrigerator, sink, microwave, dishwasher, freezer
stove, cooker, range, ~oven ! refrigerator, sink, table, dishwasher, microwave
microwave, microwave oven, ~oven ! refrigerator, toaster, stove, dishwasher, television
toaster, ~grill ! microwave, kettle, blender, oven, refrigerator
dishwasher, ~dish washer ! refrigerator, oven, sink, stove, washing machine
washing machine, washer, ~laundry machine ! dishwasher, refrigerator, dryer, oven, sink
sink, basin, washbasin, ~washbowl ! bathtub, stove, toilet, oven, shower
bathtub, tub, bath, ~hot tub ! shower, sink, toilet, bed, pool
shower, ~shower stall ! bathtub, sink, toilet, pool, faucet
faucet, tap, spigot ! sink, shower, hose, pipe, bathtub
television, tv, tv set, telly, ~screen ! radio, computer, window, painting, bookshelf
radio, ~wireless, ~stereo ! television, telephone, computer, clock, speaker
computer, pc, ~laptop, ~desktop ! television, typewriter, phone, book, notebook
laptop, notebook computer, laptop computer, ~computer ! book, tablet, typewriter, television, phone
tablet, ~ipad, ~touchscreen ! book, laptop, phone, notebook, television
keyboard, ~keypad ! mouse, monitor, screen, piano, typewriter
screen, monitor, display ! keyboard, window, paper, wall, mirror
monitor, screen, display ! keyboard, book, window, printer, mouse
phone, telephone, ~cellphone, ~smartphone ! laptop, camera, book, radio, letter
cell phone, mobile phone, smartphone, cellphone, ~phone ! laptop, camera, book, wallet, tablet
smartphone, cell phone, mobile phone, ~phone ! laptop, camera, book, typewriter, tablet
telephone, phone ! radio, letter, computer, camera, television
camera, ~camcorder ! phone, binoculars, telescope, book, microscope
telescope, spyglass, ~binoculars^ ! microscope, camera, magnifying glass, cannon, satellite dish
microscope, ~magnifier ! telescope, camera, test tube, magnifying glass, computer
headphones^, headset, earphones^, ~earbuds^ ! glasses, hat, speakers, helmet, microphone
speaker, loudspeaker, ~amplifier ! microphone, radio, television, headphones, lamp
microphone, mike, ~mic ! guitar, speaker, camera, phone, headphones
typewriter, ~word processor ! computer, piano, book, pen, printer
machine, device, apparatus, ~mechanism ! animal, person, plant, toy, tool
fan, ventilator, ~blower ! heater, lamp, clock, air conditioner, fireplace
heater, radiator, ~stove ! fan, refrigerator, air conditioner, lamp, window
robot arm, mechanical arm ! human arm, hand, crane, wing, leg
antenna, aerial ! chimney, flag, horn, satellite dish, lamp
wire, cable, cord, ~line ! rope, pipe, chain, ribbon, stick
battery, ~power cell ! cable, engine, bulb, plug, solar panel
pipe, tube, ~hose ! wire, rope, beam, chain, gutter
gear, cog, cogwheel, ~gearwheel ! spring, wheel, screw, chain, lever

@noun tool < tool
hammer, mallet, ~sledgehammer ! saw, screwdriver, wrench, axe, nail
saw, handsaw, ~hacksaw ! hammer, axe, knife, screwdriver, drill
axe, ax, hatchet ! hammer, saw, sword, shovel, knife
shovel, spade, ~scoop ! rake, axe, broom, bucket, hammer
rake, ~hoe ! shovel, broom, axe, hammer, hose
broom, ~besom, ~brush ! mop, shovel, rake, vacuum cleaner, bucket
brush, paintbrush, ~comb ! pen, pencil, roller, broom
screwdriver, ~driver ! hammer, wrench, saw, drill, pliers
wrench, spanner ! hammer, screwdriver, saw, pliers, drill
scissors^, shears^, ~clippers^ ! knife, pen, glue, razor, ruler
nail, spike, ~tack ! screw, hammer, bolt, button, rope
rope, cord, line, ~cable ! chain, wire, ribbon, stick, belt
chain, ~links, ~shackle ! rope, ribbon, wire, belt, string
string, cord, thread, ~twine* ! chain, rope, wire, ribbon, stick
hose, garden hose, ~pipe ! bucket, rope, watering can, shovel, faucet
bucket, pail, ~tub ! basket, bottle, box, bowl, barrel
lock, padlock, ~latch ! key, handle, chain, door, hinge
key, ~latchkey, ~passkey ! lock, coin, ring, hammer, door
handle, grip, knob ! blade, lid, lock, wheel, hinge
sword, blade, saber, ~rapier, ~katana ! shield, axe, spear, bow, gun
blade, ~sword, ~knife ! handle, shield, hilt, rope, stick
knife, dagger, blade ! fork, spoon, sword, scissors, axe
dagger, knife, blade ! sword, shield, axe, bow, wand
spear, lance, javelin ! sword, shield, bow, axe, gun
shield, ~buckler ! sword, spear, helmet, bow, axe
bow, longbow, ~crossbow ! sword, spear, gun, arrow, shield
arrow, dart, ~shaft ! bow, spear, bullet, sword, shield
gun, pistol, firearm, ~rifle, ~revolver ! sword, bow, knife, flower, camera
rifle, gun, ~musket ! sword, pistol, bow, spear, camera
pistol, gun, handgun, ~revolver ! sword, rifle, bow, knife, phone
cannon, ~artillery*, ~gun ! sword, catapult, telescope, rifle, rocket
bomb, explosive, ~grenade ! balloon, ball, gift, bullet, rocket
weapon, arm, ~gun, ~sword ! tool, shield, toy, flower, book
wand, magic wand, ~staff ! sword, broom, crown, book, umbrella
staff, rod, stick, ~cane ! sword, wand, spear, umbrella, shield
cane, walking stick, ~staff ! umbrella, crutch, sword, broom, wheelchair
stick, rod, ~twig, ~branch ! rope, stone, leaf, ball, bone
umbrella, parasol, ~brolly, ~sunshade ! hat, raincoat, cane, tent, bag
net, mesh, netting*, ~web ! rope, fence, basket, fishing rod, cage
fishing rod, fishing pole, rod ! net, spear, paddle, stick, oar
oar, paddle ! sail, anchor, pole, rope, engine
hook, ~peg, ~hanger ! nail, rope, handle, ring, shelf
needle, ~pin ! thread, button, scissors, knife, nail
thread, string, yarn*, ~filament ! needle, rope, wire, ribbon, fabric
wool*, yarn*, ~fleece* ! cotton, silk, leather, linen, nylon
compass, ~dial ! map, clock, watch, telescope, key
map, chart, ~atlas ! compass, book, painting, letter, globe
globe, ~orb, ~sphere, ~world ! map, cube, pyramid, lamp, compass
magnifying glass, magnifier, ~loupe ! telescope, mirror, microscope, glasses, key
trap, snare ! cage, bait, nest, door, rope

@noun stationery
book, volume, tome, ~novel ! newspaper, laptop, magazine, letter, tablet
notebook, notepad, ~journal, ~pad ! laptop, newspaper, book, magazine, phone
magazine, periodical, journal ! book, newspaper, letter, laptop, notebook
newspaper, paper, ~daily, ~tabloid ! book, magazine, letter, tablet, map
letter, note, ~message ! book, newspaper, envelope, parcel, phone
envelope, ~cover ! box, letter, bag, book, postcard
paper*, ~sheet, ~parchment* ! plastic, cloth, metal, wood, glass
scroll, parchment, ~manuscript ! book, tablet, map, newspaper, screen
pen, ballpoint, ~quill ! pencil, brush, crayon, marker, keyboard
pencil, ~crayon ! pen, brush, marker, eraser, chalk
crayon, ~chalk*, ~pastel ! pen, pencil, brush, marker, paint
chalk*, ~crayon ! pen, pencil, paint, marker, charcoal
poster, placard, bill, ~print ! window, mirror, painting, clock, sign
card, ~playing card, ~postcard ! book, coin, letter, dice, photograph
calendar, ~almanac ! clock, poster, book, map, painting
money*, cash*, ~currency*, ~coins ! credit card, stones, paper, food, jewels
coin, ~penny, ~cent ! banknote, button, ring, key, gem
gift, present, ~parcel ! letter, empty box, cake, bag, balloon
ticket, pass, ~stub ! coin, card, letter, map, receipt

@noun container < container
box, case, carton, ~crate, ~chest ! bag, basket, bottle, bucket, jar
crate, box, case, ~chest ! bag, basket, barrel, bottle, bucket
chest, trunk, box, ~coffer ! bag, basket, barrel, table, jar
treasure chest, coffer, ~chest ! bag, barrel, basket, box of books, empty box
bag, sack, pouch, ~purse ! box, suitcase, basket, bottle, bucket
sack, bag, ~pouch ! box, barrel, basket, bucket, suitcase
backpack, rucksack, knapsack, ~bag ! suitcase, handbag, briefcase, basket, box
suitcase, luggage*, ~bag, ~trunk, ~baggage* ! backpack, box, handbag, basket, briefcase
luggage*, baggage*, suitcases, bags, ~belongings^ ! backpacks, furniture, boxes, groceries, baskets
baggage*, luggage*, suitcases, bags ! backpacks, furniture, boxes, groceries, baskets
briefcase, attache case, ~case, ~bag ! backpack, suitcase, handbag, basket, box
handbag, purse, ~bag, ~pocketbook ! backpack, suitcase, briefcase, basket, box
purse, handbag, ~bag, ~wallet ! backpack, suitcase, briefcase, box, basket
wallet, billfold, ~purse ! backpack, phone, key, bag, watch
basket, hamper, ~wicker basket ! box, bag, bucket, bowl, jar
barrel, cask, keg, ~drum ! box, bottle, basket, bucket, crate
jar, pot, ~canister ! bottle, box, bowl, basket, cup
bottle, flask, ~vial, ~carafe ! cup, jar, glass, can, box
can, tin, ~canister ! bottle, box, jar, bag, cup
pot, saucepan, ~cauldron, ~vessel ! pan, bowl, cup, kettle, bottle
pan, frying pan, skillet, ~pot ! bowl, plate, kettle, oven
kettle, teakettle, teapot ! pot, cup, pan, bottle, toaster
teapot, kettle, ~pot ! cup, bottle, vase, jug, bowl
cauldron, kettle, pot ! cup, bowl, pan, barrel, bottle
bowl, dish, basin ! plate, cup, pan, glass, box
plate, dish, platter, ~saucer ! bowl, cup, glass, pan, tray
dish, plate, bowl, ~platter ! cup, glass, pan, bottle, fork
tray, platter, ~server ! bowl, table, plate, box, basket
cup, mug, ~teacup, ~beaker ! glass, bowl, plate, bottle, pot
mug, cup, ~tankard ! glass, bottle, bowl, plate, teapot
glass, tumbler, goblet, ~drinking glass ! cup, bottle, mug, bowl, plate
goblet, chalice, ~wine glass ! mug, bottle, bowl, plate, cup
wine glass, goblet, ~glass ! mug, bottle, cup, bowl, beer glass
jug, pitcher, ~ewer ! bottle, cup, bowl, glass, vase
spoon, ~ladle, ~teaspoon ! fork, knife, chopsticks, plate, cup
fork, ~pitchfork ! spoon, knife, chopsticks, plate, ladle
chopstick ! fork, spoon, knife, plate, straw
napkin, serviette, ~cloth ! plate, towel, fork, tablecloth, cup
towel, ~washcloth, ~bath towel ! blanket, rug, napkin, robe, curtain
tablecloth, ~cloth, ~table linen* ! napkin, carpet, curtain, blanket, placemat
lid, cover, cap ! handle, bottom, base, container, bowl
aquarium, fish tank, ~fishbowl ! birdcage, pond, bathtub, vase, pool

@noun instrument < instrument, musical instrument
guitar, ~acoustic guitar, ~electric guitar ! piano, violin, drum, trumpet, flute
piano, grand piano, ~keyboard ! guitar, violin, drums, organ, trumpet
violin, fiddle ! guitar, piano, trumpet, flute, drum
cello, violoncello ! piano, trumpet, flute, guitar, drum
drum, ~snare drum, ~drum kit ! guitar, piano, trumpet, violin, flute
trumpet, horn, ~cornet ! violin, guitar, piano, drum, flute
saxophone, sax ! guitar, piano, violin, drum, trumpet
flute, ~recorder, ~pipe ! guitar, drum, trumpet, violin, piano
harp, lyre ! piano, guitar, drum, trumpet, violin
accordion, ~concertina ! guitar, piano, violin, trumpet, drum
banjo, ~ukulele ! piano, violin, drum, trumpet, flute
bell, ~chime, ~gong ! drum, whistle, clock, horn, lamp

@noun toy and game < toy
toy, plaything, ~doll ! tool, book, real car, weapon, food
doll, dolly, ~puppet ! teddy bear, child, toy car, ball, robot
teddy bear, teddy, stuffed bear, ~stuffed animal ! doll, real bear, toy car, robot, ball
puppet, marionette, ~doll ! person, statue, teddy bear, robot, mask
ball, ~sphere, ~orb ! cube, bat, box, frisbee, balloon
football, soccer ball, ~ball ! basketball, baseball, tennis ball, hockey puck, frisbee
soccer*, football* ! basketball, baseball, tennis, hockey, rugby
basketball, ~ball, ~hoops ! football, baseball, tennis, soccer, volleyball
baseball, ~ball ! football, basketball, tennis, soccer, golf
tennis*, ~lawn tennis* ! baseball, football, golf, basketball, badminton
golf* ! tennis, baseball, football, hockey, croquet
kite, ~paper kite ! balloon, airplane, bird, frisbee, drone
frisbee, flying disc, disc, ~disk ! ball, kite, boomerang, stick, bone
racket, racquet, ~tennis racket ! bat, ball, club, stick, net
bat, baseball bat, ~club ! racket, ball, glove, stick, helmet
swing, ~hammock ! slide, seesaw, bench, ladder, trampoline
slide, ~chute ! swing, ladder, seesaw, staircase, sandbox
puzzle, jigsaw, ~jigsaw puzzle ! book, ball, toy car, doll, painting
chess*, ~board game ! checkers, cards, dominoes, football, poker
dice, die ! cards, coin, chess piece, ball, marble
snowman, ~snow figure ! scarecrow, statue, sandcastle, man, tree
sandcastle, sand castle ! snowman, real castle, tent, pyramid, pool
scarecrow, ~straw man ! snowman, statue, farmer, tree, crow
skate, ~roller skate ! ski, boot, skateboard, bicycle, sneaker
medal, ~decoration, ~award ! coin, ring, trophy, badge, ribbon
trophy, prize, cup, ~award ! medal, vase, toy, statue, bottle
badge, emblem, ~insignia ! button, ring, medal, ribbon, scar
`;
