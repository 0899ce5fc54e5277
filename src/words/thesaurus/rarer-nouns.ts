/** @file Rarer foods, garments and things of captions: our own thesaurus. `thesaurus.ts` says how it is written. */

export const RARER_NOUNS = `
@noun further food < food
cereal, ~oatmeal*, ~granola* ! pancake, toast, egg, soup, salad
yogurt*, yoghurt*, ~curd ! ice cream, cheese, milk, butter, pudding
pudding, ~custard ! cake, pie, ice cream, soup, cookie
curry, ~stew ! salad, pizza, sushi, soup, pasta
omelette, omelet, ~eggs ! pancake, waffle, sausage, toast, steak
seafood*, ~fish, ~shellfish ! steak, chicken, vegetables, pork, tofu
fries^, french fries^, chips, ~potato wedges ! salad, onion rings, rice, mashed potatoes
chip, crisp, ~potato chip ! cookie, nut, fry, popcorn, pretzel
pretzel ! donut, cookie, bagel, chip, popcorn
bagel, ~roll ! donut, croissant, toast, muffin, baguette
baguette, french bread*, ~loaf ! croissant, bagel, cake, pizza, pretzel
coconut, ~tropical nut ! pineapple, banana, mango, melon, walnut
mango, ~papaya, ~tropical fruit ! banana, apple, orange, pineapple, coconut
lime, ~lemon, ~citrus ! orange, cherry, apple, strawberry, grape
plum, ~prune ! peach, apple, cherry, grape, orange
kiwi, kiwifruit ! banana, apple, strawberry, orange, lemon
avocado, ~alligator pear ! tomato, banana, lemon, cucumber, potato
cucumber, ~gherkin ! tomato, carrot, lettuce, pepper, onion
garlic*, ~clove ! onion, ginger, tomato, pepper, potato
ginger*, ~spice ! garlic, cinnamon, onion, lemon, mint
spinach*, ~kale*, ~greens^ ! carrot, tomato, broccoli, corn, potato
celery*, ~stalk ! carrot, tomato, lettuce, onion, cucumber
eggplant, aubergine ! tomato, pepper, cucumber, potato, pumpkin
peanut, ~nut ! walnut, almond, raisin, bean, popcorn
almond, ~nut ! peanut, walnut, raisin, cherry, olive
walnut, ~nut ! peanut, almond, raisin, acorn, cherry
acorn, ~oak nut ! pine cone, walnut, berry, leaf, chestnut
pine cone, cone, fir cone ! acorn, leaf, flower, berry, walnut
cinnamon*, ~spice ! vanilla, pepper, sugar, salt, ginger
vanilla*, ~vanilla flavor ! chocolate, strawberry, caramel, mint, lemon
caramel*, toffee*, ~butterscotch* ! chocolate, vanilla, honey, fudge, strawberry
ketchup*, ~tomato sauce ! mustard, mayonnaise, mayo, vinegar, relish
mustard*, ~relish ! ketchup, mayonnaise, honey, butter, salt
vinegar*, ~dressing ! oil, wine, water, honey, ketchup
champagne*, sparkling wine*, ~bubbly* ! beer, red wine, juice, water, coffee
whiskey*, whisky*, ~bourbon*, ~liquor* ! beer, wine, water, coffee, vodka
lemonade*, ~soda, ~soft drink ! beer, coffee, wine, milk, tea
soda, pop*, soft drink ! beer, coffee, milk, water, wine
smoothie, ~milkshake ! coffee, beer, soda, soup, water
milkshake, shake ! smoothie, coffee, soda, juice, beer
teacup, cup, ~mug ! glass, bottle, teapot, bowl, plate
barbecue, cookout, ~grill ! picnic, banquet, buffet, breakfast, oven
buffet, ~spread, ~smorgasbord ! picnic, menu, snack, barbecue, fast food
ingredient, component, ~constituent ! finished dish, tool, plate, meal, recipe

@noun further garment < garment
bikini, two-piece swimsuit, ~swimsuit ! wetsuit, dress, coat, one-piece, shorts
wetsuit, diving suit, ~swimsuit ! bikini, suit, coat, dress, armor
tuxedo, dinner jacket, ~suit ! dress, t-shirt, uniform, jeans, pajamas
blazer, jacket, ~sport coat ! sweater, t-shirt, coat, hoodie, vest
cardigan, sweater, ~knit jacket ! t-shirt, coat, blazer, shirt, dress
parka, anorak, winter coat, ~jacket ! t-shirt, swimsuit, suit, dress, vest
trench coat, overcoat, ~raincoat ! jacket, t-shirt, sweater, dress, hoodie
leggings^, tights^, ~stockings ! jeans, shorts, skirt, trousers, socks
overalls^, dungarees^, ~coveralls^ ! dress, suit, skirt, jeans, shorts
sari, ~saree ! kimono, dress, suit, jeans, robe
turban, ~headwrap ! hat, helmet, crown, hood, cap
headscarf, kerchief, ~bandana ! hat, helmet, hood, crown, headband
headband, hairband ! hat, crown, helmet, hairpin, scarf
bandana, kerchief, ~scarf ! hat, tie, helmet, necklace, mask
beret, ~cap ! helmet, cowboy hat, crown, top hat, hood
top hat, ~tall hat ! cap, helmet, beret, crown, bowler hat
cowboy hat, stetson ! helmet, cap, top hat, crown, beret
wig, hairpiece, ~toupee ! natural hair, hat, bald head, helmet, crown
monocle, ~eyeglass ! glasses, eyepatch, sunglasses, mask, earring
eyepatch, patch ! glasses, monocle, mask, sunglasses, bandana
high heel, stiletto, ~pump ! sneaker, boot, sandal, slipper, flat shoe
flip-flop, sandal, ~thong sandal ! boot, sneaker, slipper, high heel, sock
mitten, glove ! sock, scarf, hat, shoe, bracelet
gauntlet, glove, ~armored glove ! bracelet, boot, helmet, ring, shield
brooch, pin, ~clasp ! necklace, ring, earring, button, badge
pendant, necklace, locket, ~charm ! ring, bracelet, earring, brooch, watch
amulet, talisman, charm ! ring, sword, crown, coin, necklace
hairpin, barrette, ~clip ! headband, ribbon, crown, earring, comb
zipper, zip, ~fastener ! button, buckle, snap, lace, hook
sequin, spangle, ~glitter* ! button, bead, feather, lace, pearl
tulle*, ~netting*, ~gauze* ! leather, denim, wool, velvet, cotton
fleece*, wool*, ~sheepskin ! leather, silk, denim, cotton, satin
tweed*, ~wool* ! silk, denim, leather, cotton, linen

@noun further thing
crystal ball, ~glass orb, ~orb ! mirror, cube, lamp, book, telescope
orb, sphere, globe, ball ! cube, pyramid, star, ring, cylinder
portal, gateway, doorway, ~gate ! wall, window, bridge, mirror, tunnel
treasure*, riches^, ~gold*, ~hoard ! trash, stones, dust, debt, junk
trash*, garbage*, rubbish*, litter*, ~waste* ! flowers, treasure, clean street, furniture, food
garbage*, trash*, rubbish*, ~waste* ! flowers, treasure, food, furniture, books
junk*, scrap*, ~trash* ! treasure, new goods, jewels, furniture, flowers
souvenir, keepsake, ~memento ! tool, toy, food, coin, letter
statuette, figurine ! painting, monument, vase, doll, mask
totem pole, totem ! statue, tree, column, lamppost, flagpole
obelisk, ~monolith, ~column ! pyramid, arch, statue, dome, tower
monolith, ~obelisk, ~standing stone ! tree, pyramid, tower, pebble, statue
tombstone, gravestone, headstone ! statue, bench, cross, tree, flower bed
coffin, casket ! bed, box, cradle, grave, crate
cradle, crib ! coffin, bed, stroller, chair, basket
gravestone, tombstone, headstone ! statue, bench, tree, cross, flower bed
cross, crucifix ! star, crescent, statue, sword, ring
pentagram, ~five-pointed star ! cross, circle, crescent, square, heart
rune, ~glyph, ~symbol ! letter, picture, number, scratch, painting
spell, charm, ~incantation, ~magic* ! sword, science, song, potion, prayer
spellbook, grimoire, ~magic book ! newspaper, cookbook, wand, scroll, map
hologram, ~projection ! painting, statue, mirror, photograph, real person
laser, laser beam, ~ray ! candle, torch, bullet, sword, lamp
lightsaber, laser sword ! sword, gun, wand, torch, bow
circuit, ~wiring*, ~electronics^ ! gear, root, vein, clockwork, pipe
circuit board, motherboard, ~microchip ! gearbox, canvas, book, clockwork, keyboard
wiring*, cables, wires ! pipes, ropes, gears, vines, chains
machinery*, machines, ~equipment* ! animals, furniture, plants, workers, toys
equipment*, gear*, ~apparatus ! furniture, food, toys, clothing, people
tool, instrument, implement ! toy, weapon, food, machine, book
instrument, musical instrument ! tool, microphone, toy, weapon, speaker
drumstick, ~stick ! bow, guitar pick, spoon, wand, pencil
sheet music*, score, ~notes ! book, painting, newspaper, map, letter
record, vinyl record, lp, ~disc ! cassette, cd, book, radio, plate
record player, turntable, ~gramophone ! radio, television, piano, computer, speaker
easel, ~stand ! tripod, table, canvas, palette, chair
tripod, stand, ~support ! easel, camera, crane, ladder, pole
paintbrush, brush ! pencil, roller, palette knife, pen, crayon
eraser, rubber ! pencil, pen, ruler, glue, sharpener
ruler, ~straightedge ! pencil, compass, eraser, scissors, protractor
blackboard, chalkboard, ~whiteboard ! poster, screen, window, painting, bookshelf
whiteboard, ~dry-erase board ! blackboard, poster, screen, window, wall
stamp, postage stamp ! coin, sticker, envelope, ticket, seal
sticker, decal, ~label ! stamp, poster, tattoo, button, badge
label, tag, ~sticker ! logo, box, blank bottle, lid, ribbon
menu, ~bill of fare ! newspaper, book, plate, ticket, receipt
passport, ~id ! ticket, wallet, map, phone, book
wheelbarrow, barrow, ~cart ! bucket, truck, shovel, wagon, basket
watering can, ~sprinkler ! bucket, hose, vase, bottle, shovel
flowerpot, plant pot, ~planter ! vase, bucket, bowl, basket, bottle
planter, flowerpot, ~flower box ! vase, bench, bucket, fence, basket
potted plant, houseplant, ~pot plant ! bouquet, vase, lamp, statue, candle
doorbell, bell, ~buzzer ! door handle, mailbox, keyhole, lamp, window
doorknob, door handle, knob ! keyhole, hinge, doorbell, lock, window
shutter, blind, ~louver ! door, curtain, window, awning, wall
blind, window blind, shade, ~shutter ! curtain, window, door, screen
awning, canopy, ~sunshade ! wall, curtain, window, tent, umbrella
hammock, ~swing ! bed, sofa, bench, chair, tent
ottoman, footstool, ~pouf ! sofa, table, chair, bed, bench
nightstand, bedside table ! dresser, desk, bed, chair, wardrobe
coffee table, ~low table ! desk, sofa, dining table, bench, bed
dining table, table ! desk, coffee table, bed, sofa, bench
high chair, ~baby chair ! stool, stroller, sofa, bench, table
doormat, mat ! carpet, rug, towel, doorstep, welcome sign
chopping board, cutting board ! plate, knife, table, tray, pan
rolling pin, ~roller ! knife, spoon, whisk, fork, hammer
ladle, spoon, ~dipper ! fork, knife, spatula, whisk, cup
spatula, ~turner ! spoon, fork, knife, whisk, ladle
soap*, ~bar of soap, ~cleanser ! toothpaste, shampoo, sponge, towel, perfume
toothbrush, ~brush ! comb, razor, hairbrush, toothpaste, sponge
toilet paper*, tissue*, ~roll ! towel, napkin, newspaper, soap, cloth
razor, shaver, ~blade ! comb, toothbrush, scissors, knife, brush
perfume, scent, fragrance, ~cologne ! soap, wine, shampoo, oil, candle
pill, tablet, ~capsule, ~medicine* ! candy, potion, syringe, bandage, coin
syringe, needle ! pill, pen, thermometer, bandage, dropper
bandage, dressing, ~plaster ! cast, ribbon, glove, tattoo, sticker
crutch, walking aid ! cane, wheelchair, umbrella, stick, leg
cigarette, smoke, ~cigar ! pipe, pen, candle, candy, straw
pipe, smoking pipe, ~tobacco pipe ! cigarette, cigar, flute, wand, cup
cigar, ~cigarette ! pipe, pen, candle, straw, stick
lighter, ~match ! candle, flashlight, torch, cigarette, lamp
match, matchstick ! lighter, candle, torch, toothpick, twig
firewood*, logs, ~wood* ! coal, stones, hay, flowers, bricks
coal*, charcoal*, ~ember ! diamond, wood, snow, ice, gold
sandbag, ~bag of sand ! brick, pillow, suitcase, barrel, log
barricade, barrier, ~roadblock ! gate, bridge, open road, fence, door
spike, ~thorn, ~point ! ball, knob, petal, feather, dome
foil*, aluminum foil*, ~tinfoil* ! paper, cloth, plastic, glass, wood
origami*, paper folding*, ~folded paper ! clay, sculpture, crumpled paper, drawing, knitting
knitting*, crochet*, ~needlework* ! sewing, painting, weaving, carving, embroidery
embroidery*, needlework*, ~stitching* ! print, plain cloth, paint, lace, patchwork
pottery*, ceramics^, ~earthenware* ! glassware, woodwork, metalwork, basketry, sculpture
graph, chart, diagram ! photograph, text, painting, map, table
diagram, chart, ~schematic ! photograph, painting, text, sketch, portrait
blueprint, plan, ~technical drawing ! photograph, painting, finished building, sketch, model
silverware*, cutlery*, ~flatware* ! plates, glasses, chopsticks, pots, napkins
crockery*, dishes, ~tableware* ! silverware, pots, glasses, tablecloth, baskets
groceries^, food*, ~provisions^ ! luggage, clothes, books, trash, tools
laundry*, washing*, ~clothes^ ! dishes, groceries, trash, folded clothes, curtains
clothesline, washing line ! fence, rope, power line, curtain rod, balcony
power line, cable, ~electric wire ! clothesline, rope, pipe, fence, branch
telephone pole, utility pole ! tree, lamppost, flagpole, antenna, tower
flagpole, flagstaff, ~pole ! lamppost, tree, antenna, statue, telephone pole
weather vane, wind vane, weathercock ! antenna, flag, chimney, lightning rod, statue
sundial ! clock, hourglass, fountain, statue, birdbath
birdbath ! fountain, sundial, birdhouse, pond, bench
trampoline ! swing, slide, bed, pool, seesaw
seesaw, teeter-totter ! swing, slide, carousel, sandbox, bench
sandbox, sandpit ! slide, swing, pool, lawn, seesaw
hula hoop, hoop ! jump rope, ball, frisbee, ring, ribbon
jump rope, skipping rope ! hula hoop, ball, ribbon, chain, trampoline
golf club, club ! racket, bat, stick, oar, cane
hockey stick, ~stick ! bat, racket, golf club, oar, broom
goal, net, ~goalpost ! ball, basket, fence, line, wall
basket, hoop, ~net ! goal, ball, bucket, box, bag
dumbbell, weight, ~barbell ! ball, racket, rope, kettle, bottle
balloon animal, ~balloon ! stuffed animal, toy car, doll, puppet, kite
jack-o'-lantern, carved pumpkin, ~pumpkin ! snowman, candle, watermelon, lantern, skull
christmas tree, ~decorated tree, ~fir ! palm tree, menorah, snowman, bare tree, cactus
ornament, decoration, bauble, ~trinket ! tool, plain surface, toy, candle, stone
bauble, ornament, ~trinket ! candle, bell, star, toy, apple
candy cane, ~peppermint stick ! lollipop, gingerbread, cookie, chocolate, cane
gingerbread house, ~gingerbread ! real house, cake, snowman, dollhouse, cookie
dollhouse, ~toy house ! real house, toy car, castle, train set, teddy bear
`;
