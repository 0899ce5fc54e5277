/** @file Food, materials, shapes, colours as nouns, art and camera words: our own thesaurus. `thesaurus.ts` says how it is written. */

export const MATTER_NOUNS = `
@noun food < food
apple, ~red apple, ~fruit ! orange, banana, pear, lemon, grape
orange, ~mandarin, ~tangerine, ~citrus fruit ! apple, banana, lemon, grape, pear
banana, ~plantain, ~fruit ! apple, orange, lemon, pear, grape
lemon, ~lime, ~citrus fruit ! orange, apple, banana, strawberry, grape
strawberry, berry, ~fruit ! banana, apple, orange, blueberry, cherry
cherry, ~berry, ~fruit ! strawberry, apple, grape, plum, banana
grape, ~berry, ~fruit ! apple, orange, cherry, banana, strawberry
peach, ~nectarine, ~apricot, ~fruit ! apple, banana, pear, orange, grape
pear, ~fruit ! apple, banana, orange, lemon, peach
pineapple, ~tropical fruit ! banana, apple, melon, coconut, orange
watermelon, melon, ~fruit ! apple, pumpkin, orange, pineapple, banana
blueberry, berry, ~bilberry ! strawberry, raspberry, banana, apple, cherry
raspberry, berry, ~fruit ! strawberry, blueberry, banana, apple, lemon
berry, ~strawberry, ~fruit ! apple, banana, nut, leaf, orange
fruit, ~produce*, ~berry ! vegetable, bread, meat, flower, cake
vegetable, veggie, ~greens^, ~produce* ! fruit, meat, bread, cake, flower
pumpkin, squash, ~gourd ! watermelon, apple, carrot, tomato, cabbage
carrot, ~root vegetable ! potato, tomato, apple, cucumber, onion
tomato, ~cherry tomato ! potato, carrot, apple, cucumber, onion
potato, spud, ~tuber ! carrot, tomato, onion, rice, bread
onion, ~scallion, ~shallot ! garlic, tomato, potato, carrot, apple
broccoli*, ~vegetable ! carrot, cauliflower, tomato, potato, corn
cabbage, ~lettuce* ! carrot, potato, broccoli, tomato, onion
lettuce*, ~salad, ~greens^ ! tomato, carrot, cabbage, cheese, meat
corn*, maize*, ~sweetcorn* ! wheat, rice, potato, carrot, beans
pepper, ~chili, ~bell pepper ! salt, tomato, carrot, onion, cucumber
bean, ~legume, ~pea ! rice, potato, corn, carrot, nut
nut, ~walnut, ~almond ! fruit, seed, berry, bean, candy
bread*, loaf, ~toast*, ~baguette ! cake, cheese, rice, meat, pasta
toast*, ~bread* ! pancake, cake, cereal, egg, soup
sandwich, ~sub, ~panini, ~toastie ! pizza, burger, salad, soup, hot dog
burger, hamburger, cheeseburger, ~sandwich ! pizza, hot dog, salad, taco, sushi
hamburger, burger, cheeseburger, ~sandwich ! pizza, hot dog, salad, sushi, taco
hot dog, frankfurter, ~sausage, ~wiener ! hamburger, pizza, sandwich, taco, salad
sausage, ~frankfurter, ~banger ! steak, egg, bread, fish, cheese
pizza, ~pizza pie, ~flatbread ! burger, pasta, sandwich, salad, sushi
taco, ~burrito ! pizza, burger, sandwich, sushi, hot dog
pasta*, spaghetti*, noodles, ~macaroni* ! rice, pizza, bread, salad, soup
spaghetti*, pasta*, noodles ! rice, pizza, salad, burger, soup
noodle, ~pasta*, ~ramen* ! rice, bread, soup, salad, pizza
rice*, ~grain* ! noodles, bread, potatoes, pasta, beans
sushi*, ~sashimi* ! pizza, burger, pasta, salad, steak
soup, broth, ~stew ! salad, sandwich, steak, pizza, cake
stew, ~soup, ~casserole ! salad, sandwich, cake, pizza, fruit
salad, ~greens^ ! soup, steak, pizza, cake, sandwich
meat*, flesh*, ~beef*, ~steak ! vegetables, fish, bread, fruit, cheese
steak, ~beef*, ~meat* ! fish, salad, chicken, vegetables, tofu
bacon*, ~ham* ! egg, sausage, lettuce, cheese, fish
ham*, ~bacon*, ~pork* ! cheese, turkey, fish, beef, salad
cheese*, ~cheddar* ! butter, bread, meat, milk, fruit
butter*, ~margarine*, ~spread* ! cheese, cream, jam, honey, oil
cream*, ~whipped cream* ! butter, milk, chocolate, syrup, sauce
milk*, ~cream* ! juice, water, coffee, tea, wine
honey*, syrup*, ~nectar* ! butter, jam, sugar, milk, salt
jam*, jelly*, preserves^ ! butter, honey, cheese, cream, syrup
sugar*, ~sweetener* ! salt, pepper, flour, honey, spice
salt*, ~seasoning* ! sugar, pepper, flour, spice, honey
sauce, dressing, ~gravy* ! cream, salt, syrup, soup, butter
syrup*, ~honey*, ~treacle* ! butter, cream, jam, sauce, sugar
cake, ~torte, ~gateau, ~sponge ! pie, bread, cookie, ice cream, pizza
cupcake, ~muffin, ~fairy cake ! cookie, pie, donut, bread, ice cream
pie, tart, ~pastry ! cake, cookie, bread, ice cream, pizza
cookie, biscuit, ~cracker ! cake, pie, donut, bread, muffin
pancake, flapjack, hotcake, ~crepe ! waffle, toast, cookie, donut, pizza
waffle, ~pancake ! toast, donut, cookie, croissant, pizza
donut, doughnut, ~pastry ! cookie, cake, bagel, croissant, muffin
croissant, ~pastry ! donut, bagel, baguette, muffin, cookie
pastry, ~tart, ~cake ! bread, cookie, fruit, sandwich, salad
muffin, ~cupcake ! donut, cookie, bagel, croissant, bread
ice cream*, gelato*, ~sundae, ~frozen dessert ! cake, pie, cookie, yogurt, candy
chocolate*, ~cocoa*, ~candy* ! vanilla, caramel, fruit, cheese, strawberry
candy, sweet, ~sweets, ~lollipop ! fruit, vegetable, cookie, nut, cake
lollipop, sucker, ~candy ! ice cream, cookie, fruit, donut, pretzel
popcorn*, ~snack ! chips, candy, nuts, pretzel, ice cream
dessert, sweet, ~pudding ! salad, soup, steak, appetizer, bread
breakfast, morning meal, ~brunch ! dinner, lunch, supper, snack, dessert
lunch, luncheon, ~midday meal ! breakfast, dinner, supper, snack, dessert
dinner, supper, ~evening meal ! breakfast, lunch, brunch, snack, dessert
meal, ~dinner, ~dish, ~repast ! drink, snack, dessert, empty plate, ingredient
food*, ~meal, ~fare* ! drink, water, flowers, toys, tools
snack, bite, ~nibble ! meal, dinner, drink, banquet, dessert
coffee*, ~espresso, ~java* ! tea, juice, wine, beer, milk
tea*, ~herbal tea* ! coffee, juice, wine, beer, milk
juice*, ~fruit drink, ~orange juice* ! coffee, milk, wine, beer, tea
wine*, ~red wine*, ~vino* ! beer, water, coffee, juice, milk
beer*, ale*, lager*, ~brew ! wine, water, coffee, juice, milk
drink, beverage, ~refreshment ! food, meal, cake, bread, plate
cocktail, mixed drink, ~drink ! beer, coffee, water, tea, milk
potion, elixir, brew, ~draught ! food, powder, water, pill, poison
flour*, ~meal* ! sugar, salt, rice, sand, butter
oil, ~grease* ! water, vinegar, butter, acrylic, watercolor
spice, seasoning, ~herb ! sugar, fruit, flower, flour, oil

@noun material < material
wood*, timber*, lumber*, ~oak ! metal, stone, glass, plastic, brick
metal, ~steel*, ~iron* ! wood, plastic, glass, stone, paper
iron*, ~steel*, ~metal ! wood, gold, glass, copper, plastic
steel*, ~iron*, ~metal ! wood, glass, plastic, stone, gold
gold*, ~golden metal* ! silver, bronze, iron, copper, wood
silver*, ~sterling* ! gold, bronze, copper, iron, wood
bronze*, brass*, ~copper* ! gold, silver, marble, iron, wood
copper*, ~bronze*, ~brass* ! silver, gold, iron, steel, wood
glass*, ~crystal* ! wood, metal, plastic, stone, paper
plastic*, ~vinyl*, ~polymer ! wood, metal, glass, paper, leather
marble*, ~stone*, ~alabaster* ! wood, plastic, bronze, glass, clay
concrete*, cement* ! wood, glass, grass, brick, metal
clay*, ~earthenware*, ~terracotta* ! metal, wood, glass, plastic, marble
porcelain*, china*, ~ceramic ! wood, metal, plastic, clay, glass
ceramic, pottery*, ~porcelain*, ~earthenware* ! plastic, metal, glass, wood, paper
leather*, hide, ~suede* ! cotton, plastic, wool, silk, metal
cotton*, ~linen* ! silk, wool, leather, nylon, velvet
silk*, satin*, ~velvet* ! cotton, wool, leather, denim, linen
velvet*, ~plush*, ~velour* ! leather, cotton, denim, silk, metal
denim*, ~jean fabric* ! leather, silk, cotton, velvet, wool
linen*, ~cotton*, ~cloth* ! silk, leather, wool, plastic, velvet
fabric, cloth*, textile, ~material ! metal, wood, leather, paper, plastic
cloth*, fabric, textile, ~material ! metal, wood, paper, leather, plastic
rubber*, ~latex* ! metal, wood, glass, leather, plastic
cardboard*, ~carton, ~pasteboard* ! metal, wood, plastic, glass, leather
ivory*, ~bone* ! ebony, wood, gold, plastic, metal
jade*, ~green stone* ! ruby, gold, ivory, wood, pearl
wax*, ~paraffin* ! clay, metal, stone, wood, ice
wicker*, rattan*, ~wickerwork* ! metal, plastic, leather, wood, glass
paint*, ~pigment, ~color ! ink, clay, pencil, glue, varnish
rust*, corrosion* ! polish, paint, chrome, gold, varnish
glitter*, sparkles, ~sequins ! dust, mud, matte paint, sand, ash
asphalt*, tarmac*, ~blacktop* ! grass, gravel, sand, cobblestone, dirt
cobblestone, ~paving stone ! asphalt, grass, sand, concrete, dirt
bead, ~pearl ! button, coin, stone, feather, ring
plaster*, stucco* ! brick, wood, marble, metal, glass

@noun shape < shape, form
cube, block, box, ~cuboid ! sphere, pyramid, cylinder, cone, ball
sphere, ball, orb, globe ! cube, pyramid, cylinder, cone, box
ball, sphere, orb ! cube, cone, box, pyramid, cylinder
pyramid, ~tetrahedron ! cube, sphere, cylinder, cone, ball
cylinder, tube, ~drum ! cube, sphere, cone, pyramid, prism
cone, ~funnel ! cube, sphere, cylinder, pyramid, ball
circle, ring, disc, ~disk, ~round ! square, triangle, rectangle, star, oval
square, ~quadrilateral, ~box ! circle, triangle, star, oval, hexagon
triangle, ~trigon ! circle, square, rectangle, star, hexagon
rectangle, oblong, ~box ! circle, triangle, oval, star, square
oval, ellipse ! square, triangle, rectangle, circle, star
star, ~pentagram, ~asterisk ! circle, square, heart, triangle, moon
heart, ~love symbol ! circle, star, square, triangle, diamond
spiral, helix, coil, ~swirl ! straight line, circle, grid, square, zigzag
line, stroke, ~stripe ! circle, curve, dot, point, square
curve, bend, arc ! straight line, corner, angle, square, zigzag
dot, spot, point, ~speck ! stripe, line, square, star, circle
stripe, band, line, ~streak ! dot, check, solid color, spot, plaid
spot, dot, speckle, ~patch ! stripe, line, plain surface, check, star
cross, ~crucifix ! circle, star, square, crescent, heart
block, cube, ~slab ! sphere, cylinder, ball, cone, pyramid
crescent, half moon, ~sickle ! circle, square, star, full moon, triangle
shape, form, figure, ~outline ! color, texture, line, background, void
swirl, whirl, spiral, ~eddy ! straight line, grid, dot, square, stripe
pattern, design, motif, ~print ! solid color, plain surface, blank, single color, chaos
texture, ~grain*, ~surface ! color, smooth surface, shape, flatness, outline
surface, ~face, ~top ! interior, depth, core, inside, bottom
edge, border, rim, ~margin ! center, middle, inside, core, interior
center, centre, middle, heart, ~core ! edge, corner, side, border, periphery
side, ~flank ! center, top, front, back, bottom
top, ~summit, ~upper part ! bottom, base, side, foot, underside
bottom, base, ~foot ! top, side, lid, summit, upper part
front, ~facade, ~face ! back, rear, side, behind, inside
row, line, ~file, ~rank ! pile, circle, cluster, column, stack
pile, heap, stack, mound ! row, single item, hole, line, scatter
stack, pile, heap ! row, scatter, single item, line, hole
bunch, cluster, bundle ! single, row, pile, one, scatter
pair, couple, duo, ~two ! single, trio, group, one, dozen
piece, bit, fragment, ~slice, ~part ! whole, all, pile, loaf, total
slice, piece, ~wedge ! whole, loaf, crumb, pile, chunk
hole, opening, gap, ~pit ! mound, wall, lid, bump, solid surface
crack, fissure, split, ~crevice ! smooth surface, seam, bump, dent, hole
symbol, sign, emblem, ~icon ! text, picture, number, blank, photograph
detail, ~particular, ~feature ! blur, overview, simplicity, outline, blank
object, thing, item, ~article ! person, animal, background, void, place

@noun colour
color, colour, hue, shade, ~tint, ~tone ! black and white*, grayscale*, monochrome*, sepia*, gray
hue, color, shade, tint, ~tone ! grayscale, black, monochrome, white, gray
tone, shade, hue, ~tint ! texture, monochrome, black, shape, white
palette, color scheme, ~colors ! monochrome, grayscale, sketch, black and white, texture
red, crimson, scarlet ! blue, green, yellow, white, black
blue, azure, navy ! red, green, yellow, orange, white
green, emerald, ~olive ! red, blue, yellow, purple, white
yellow, gold, ~lemon ! blue, purple, red, green, black
black, ebony, jet ! white, red, blue, yellow, green
white, ivory, ~snow ! black, red, blue, green, brown
pink, rose, ~fuchsia ! blue, green, black, yellow, brown
purple, violet, ~mauve ! yellow, green, orange, red, white
brown, ~chestnut, ~tan ! blue, white, green, red, yellow
gray, grey, ~silver ! red, blue, green, yellow, orange

@noun art < art
painting, picture, artwork, ~canvas ! photograph, sculpture, sketch, drawing, 3d render
oil painting, oil, ~canvas, ~painting ! watercolor, photograph, sketch, pencil drawing, 3d render
oil, oil paint*, oil painting ! watercolor, acrylic, pencil, ink, charcoal
watercolor, watercolour, aquarelle, ~gouache*, ~watercolor painting ! oil, pencil, ink, photograph, digital
acrylic*, ~acrylic paint* ! oil, watercolor, pencil, ink, charcoal
drawing, sketch, illustration, ~pencil drawing ! painting, photograph, sculpture, 3d render, film still
sketch, drawing, outline, ~doodle, ~pencil drawing ! oil painting, photograph, 3d render, sculpture, finished painting
pencil sketch, pencil drawing, ~sketch ! oil painting, photograph, watercolor, 3d render, sculpture
illustration, drawing, picture, artwork, ~image ! photograph, sculpture, 3d render, oil painting, film still
digital art*, digital painting, cg art*, ~digital artwork ! oil painting, photograph, pencil sketch, sculpture, watercolor
digital painting, digital art*, ~digital illustration ! photograph, oil painting, watercolor, sketch, sculpture
concept art*, ~production art*, ~illustration ! photograph, sculpture, pencil sketch, oil painting, logo
pixel art*, ~8-bit art* ! photograph, oil painting, 3d render, watercolor, vector art
vector art*, vector graphics^, ~flat illustration ! photograph, oil painting, 3d render, watercolor, pixel art
photograph, photo, picture, ~snapshot, ~shot ! painting, drawing, illustration, cartoon, sketch
photo, photograph, picture, snapshot, ~shot ! painting, drawing, illustration, cartoon, sketch
photography*, ~photo, ~photographs ! painting, drawing, illustration, sculpture, animation
picture, image, photo, ~illustration ! sculpture, text, video, real scene, blank page
image, picture, photo, ~illustration ! sculpture, text, video, blank page, sound
snapshot, photo, photograph, ~shot ! painting, drawing, video, sculpture, illustration
selfie, ~self-portrait, ~photo ! landscape, painting, group photo, still life, aerial view
portrait, ~likeness, ~headshot, ~picture ! landscape, still life, full body shot, abstract, cityscape
self-portrait, ~portrait, ~selfie ! landscape, still life, group portrait, abstract, cityscape
still life, ~nature morte, ~tabletop scene ! portrait, landscape, action scene, abstract, cityscape
seascape, ocean view, ~marine painting ! landscape, portrait, cityscape, still life, interior
mural, wall painting, fresco, ~graffiti* ! sculpture, photograph, poster, mosaic, bare wall
fresco, mural, wall painting ! sculpture, photograph, mosaic, oil painting, tapestry
mosaic, ~tilework* ! fresco, painting, sculpture, photograph, carpet
tapestry, ~wall hanging ! painting, mosaic, sculpture, mirror, fresco
collage, montage, ~assemblage ! painting, photograph, sculpture, sketch, single image
print, engraving, ~lithograph, ~etching ! painting, sculpture, photograph, sketch, original
engraving, etching, print, ~woodcut ! oil painting, photograph, watercolor, sculpture, 3d render
sculpture, statue, ~carving, ~figure ! painting, photograph, drawing, living person, sketch
statue, sculpture, figure, ~monument ! painting, fountain, living person, tree, pillar
bust, ~head sculpture, ~sculpture ! full statue, painting, portrait, mask, column
figurine, statuette, ~miniature ! painting, monument, doll, vase, statue
carving, ~sculpture, ~engraving ! painting, photograph, drawing, cast, sketch
cartoon, comic, ~animation, ~toon ! photograph, realistic painting, sculpture, live action, oil painting
comic, comic book, cartoon, ~graphic novel ! photograph, oil painting, realistic, sculpture, film still
anime*, manga*, ~cartoon, ~japanese animation* ! photograph, oil painting, realistic, 3d render, live action
manga*, anime*, ~comic ! photograph, oil painting, western comic, realistic, 3d render
animation, cartoon, ~animated film ! photograph, live action, painting, still image, sculpture
film, movie, motion picture, ~cinema* ! photograph, painting, book, play, drawing
movie, film, motion picture, ~picture ! book, play, photograph, painting, song
poster, placard, ~print, ~advertisement ! photograph, painting, sculpture, book cover, sketch
logo, emblem, ~icon, ~symbol ! photograph, painting, landscape, text, portrait
icon, symbol, ~logo ! photograph, landscape, text, painting, portrait
3d render, render, 3d rendering, cgi*, ~cg render ! photograph, oil painting, sketch, watercolor, drawing
render, rendering, 3d render, ~cgi* ! photograph, painting, sketch, drawing, watercolor
rendering, render, ~depiction ! photograph, painting, sketch, drawing, watercolor
canvas, ~painting, ~cloth* ! paper, wood, wall, metal, glass
ink, ~india ink*, ~pen ! oil, watercolor, pencil, paint, charcoal
charcoal*, ~graphite* ! oil, watercolor, ink, chalk, acrylic
pastel, ~chalk*, ~crayon ! oil, ink, charcoal, watercolor, acrylic
gouache*, ~watercolor, ~tempera* ! oil, pencil, ink, photograph, charcoal
artwork, art*, work of art, ~piece, ~painting ! photograph, text, sketch, screenshot, natural object
masterpiece, ~great work, ~work of art ! sketch, amateur work, doodle, failure, draft
art*, artwork, ~painting ! photograph, science, text, reality, nature
style, manner, ~look, ~fashion ! content, subject, substance, randomness, plainness
design, ~layout, ~plan, ~style ! chaos, photograph, randomness, sketch, accident
fantasy, ~fairy tale, ~imagination* ! reality, science fiction, realism, documentary, history
science fiction*, sci-fi*, ~futurism* ! fantasy, history, realism, western, medieval
horror*, ~terror*, ~fright* ! comedy, romance, fairy tale, joy, adventure
cyberpunk*, ~futuristic dystopia ! steampunk, medieval, fantasy, pastoral, baroque
steampunk*, ~retrofuturism* ! cyberpunk, modern, medieval, minimalism, baroque
impressionism*, ~impressionist style ! realism, cubism, surrealism, baroque, pop art
surrealism*, ~dreamlike style ! realism, impressionism, cubism, minimalism, pop art
realism*, ~naturalism*, ~photorealism* ! surrealism, abstraction, cubism, impressionism, cartoon
minimalism*, ~simplicity* ! baroque, maximalism, realism, clutter, rococo
baroque*, ~rococo* ! minimalism, modernism, gothic, cubism, art deco
art nouveau*, ~jugendstil* ! art deco, minimalism, baroque, cubism, brutalism
art deco*, ~deco* ! art nouveau, minimalism, baroque, gothic, brutalism

@noun camera
shot, photo, view, ~frame, ~photograph ! painting, drawing, sketch, illustration, render
close-up, closeup, close up shot, ~macro shot ! wide shot, long shot, panorama, full body shot, aerial view
closeup, close-up, ~macro shot ! wide shot, long shot, panorama, full body shot, aerial view
wide shot, wide angle shot, ~long shot, ~panorama ! close-up, macro shot, portrait, headshot, detail shot
wide angle, ~wide shot, ~wide lens ! close-up, telephoto, macro, narrow angle, fisheye
headshot, portrait, ~close-up ! full body shot, wide shot, landscape, long shot, back view
panorama, panoramic view, vista, ~wide view ! close-up, portrait, macro shot, detail, headshot
macro, close-up, ~macro shot ! wide angle, panorama, long shot, telephoto, aerial view
view, scene, vista, ~sight, ~perspective ! close-up, blank wall, interior, darkness, portrait
aerial view, bird's eye view, overhead view, ~drone shot ! ground level view, close-up, low angle, worm's eye view, side view
angle, viewpoint, perspective, ~view ! curve, close-up, center, straight line, circle
perspective, viewpoint, view, ~angle ! flatness, isometric view, close-up, profile, symmetry
composition, arrangement, layout, ~framing*, ~design ! chaos, clutter, randomness, disorder, cropped frame
focus*, sharpness*, ~clarity* ! blur, haze, defocus, bokeh, motion blur
depth of field*, ~shallow focus*, ~bokeh* ! flat image, deep focus, flatness, sharp background, blur
bokeh*, background blur*, ~blur* ! sharp focus, deep focus, flat background, grain, crisp background
blur*, haze*, ~fuzziness* ! sharpness, focus, clarity, detail, crispness
contrast, ~tonal contrast ! flatness, similarity, uniformity, harmony, haze
exposure, ~light ! darkness, shadow, underexposure, blur, silhouette
background, backdrop, setting, ~scenery*, ~surroundings^ ! foreground, subject, front, close-up, border
backdrop, background, setting, ~scene ! foreground, subject, front, floor, border
foreground, front, ~near ground ! background, backdrop, distance, horizon, rear
scene, view, setting, ~scenery*, ~tableau ! portrait, close-up, object, blank page, still life
setting, scene, environment, ~backdrop ! subject, character, void, close-up, portrait
environment, surroundings^, setting, ~landscape ! interior, character, void, portrait, studio
atmosphere, mood, ambiance, feeling, ~air* ! vacuum, flatness, emptiness, neutrality, sterility
mood, atmosphere, feeling, ambiance, ~tone ! neutrality, flatness, emptiness, indifference, sterility
resolution, definition*, ~sharpness* ! blur, low quality, pixelation, noise, graininess
quality, ~standard, ~grade ! low quality, blur, poor quality, noise, artifacts
lens, ~camera lens, ~optic ! mirror, brush, screen, sensor, frame
symmetry*, balance*, ~regularity* ! asymmetry, disorder, chaos, imbalance, randomness
vignette, ~dark border ! full frame, even light, bright border, white border, flat lighting
caricature, cartoon, ~parody ! portrait, photograph, realistic painting, landscape, sculpture
text*, writing*, words, ~lettering* ! picture, blank, symbol, photograph, drawing
`;
