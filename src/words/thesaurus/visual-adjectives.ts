/** @file Colours, light, sizes, shapes, surfaces, ages and states: our own thesaurus. `thesaurus.ts` says how it is written. */

export const VISUAL_ADJECTIVES = `
@adjective colour < colored
red, scarlet, crimson, ruby, ~vermilion, ~reddish, ~maroon ! blue, green, yellow, black, white
blue, azure, ~navy, ~cobalt, ~sapphire, ~bluish ! red, green, yellow, orange, white
green, emerald, ~olive, ~greenish, ~verdant ! red, blue, yellow, purple, black
yellow, golden, ~lemon, ~amber, ~yellowish ! blue, purple, red, green, black
orange, ~tangerine, ~amber, ~orangish, ~coral ! blue, green, purple, red, white
purple, violet, ~lavender, ~mauve, ~purplish, ~plum ! yellow, green, orange, red, white
violet, purple, ~lavender, ~lilac, ~mauve ! yellow, green, orange, red, white
pink, rose, rosy, ~fuchsia, ~magenta, ~pinkish ! blue, green, black, yellow, brown
brown, chestnut, ~tan, ~chocolate, ~brownish, ~russet ! blue, white, green, red, yellow
black, ebony, jet-black, inky, ~dark, ~coal-black, ~onyx ! white, red, blue, yellow, green
white, ivory, snow-white, milky, ~snowy, ~pale, ~cream ! black, red, blue, green, brown
gray, grey, ~silver, ~ashen, ~slate, ~grayish ! red, blue, green, yellow, orange
grey, gray, ~silver, ~ashen, ~slate, ~greyish ! red, blue, green, yellow, orange
turquoise, teal, aqua, ~cyan, ~aquamarine, ~blue-green ! red, orange, brown, black, yellow
teal, turquoise, ~blue-green, ~cyan, ~aqua ! red, orange, pink, yellow, brown
cyan, turquoise, ~aqua, ~sky blue ! red, orange, black, brown, yellow
magenta, fuchsia, ~pink, ~purple ! green, yellow, blue, black, white
beige, tan, cream, ~sandy, ~ecru ! black, blue, red, green, purple
tan, beige, ~brown, ~sandy ! black, blue, green, red, purple
maroon, burgundy, ~dark red, ~wine-colored ! blue, green, yellow, white, orange
navy, dark blue, ~navy blue, ~blue ! red, yellow, white, orange, green
golden, gold, ~yellow, ~gilded, ~gilt ! silver, black, blue, red, white
gold, golden, ~gilded, ~yellow ! silver, black, blue, red, bronze
silver, silvery, ~gray, ~metallic ! gold, black, red, blue, bronze
crimson, scarlet, red, ~ruby, ~blood-red ! blue, green, white, yellow, black
scarlet, crimson, red, ~ruby, ~vermilion ! blue, green, white, yellow, black
azure, sky-blue, blue, ~cerulean ! red, green, yellow, orange, black
emerald, green, ~emerald green, ~jade ! red, blue, yellow, purple, white
indigo, ~violet, ~dark blue, ~purple ! yellow, orange, red, green, white
lavender, lilac, ~pale purple, ~mauve ! green, yellow, orange, black, red
amber, golden, ~orange, ~honey-colored ! blue, green, purple, black, white
cream, ivory, ~off-white, ~beige ! black, blue, red, green, brown
blond, blonde, fair, ~golden, ~flaxen ! brunette, dark, black, red, gray
blonde, blond, fair, ~golden, ~flaxen ! brunette, dark, black, red, gray
pastel, pale, soft, ~light, ~muted ! neon, dark, vivid, bold, bright
neon, fluorescent, ~bright, ~glowing ! pastel, muted, dull, dark, dim
iridescent, opalescent, pearly, ~shimmering, ~rainbow-colored ! matte, dull, black, plain, monochrome
rainbow, multicolored, ~colorful ! black and white, monochrome, gray, plain, single-colored

@adjective colourfulness
colorful, colourful, vibrant, bright, ~vivid, ~multicolored ! colorless, dull, drab, gray, monochrome
colourful, colorful, vibrant, bright, ~vivid, ~multicoloured ! colourless, dull, drab, grey, monochrome
vibrant, vivid, bright, ~colorful, ~brilliant, ~rich ! dull, muted, faded, pale, drab
vivid, vibrant, bright, ~intense, ~brilliant ! dull, muted, faded, pale, dim
muted, subdued, soft, ~dull, ~faded ! vibrant, bright, vivid, bold, neon
faded, washed-out, bleached, ~pale, ~worn ! vibrant, bright, vivid, fresh, bold
monochrome, black and white, monochromatic, ~grayscale ! colorful, colored, vibrant, rainbow, vivid
colorless, drab, gray, ~pale, ~dull ! colorful, vibrant, bright, vivid, rainbow
drab, dull, dreary, ~colorless ! colorful, bright, vibrant, vivid, cheerful
pale, light, faint, ~pallid, ~whitish ! dark, vivid, bright, deep, bold
colored, tinted, ~colorful, ~dyed ! colorless, white, plain, black and white, gray

@adjective light
bright, brilliant, radiant, ~luminous, ~vivid, ~shining ! dark, dim, dull, gloomy, faint
dark, dim, shadowy, unlit, ~black, ~gloomy, ~murky ! bright, light, sunny, pale, illuminated
dim, faint, dusky, ~dark, ~low ! bright, brilliant, dazzling, glaring, well-lit
light, pale, ~bright, ~fair ! dark, heavy, deep, black, dim
luminous, glowing, radiant, shining, ~bright ! dark, dim, dull, unlit, black
radiant, glowing, bright, shining, ~beaming ! dull, dim, dark, gloomy, faded
glowing, luminous, radiant, shining, ~bright ! dark, dim, dull, unlit, faded
shining, gleaming, bright, glowing, ~radiant ! dull, dark, dim, matte, rusty
shiny, glossy, gleaming, polished, ~lustrous ! dull, matte, rusty, dirty, tarnished
glossy, shiny, lustrous, ~polished, ~sleek ! matte, dull, rough, faded, dusty
gleaming, shining, shiny, glistening, ~polished ! dull, dirty, rusty, matte, tarnished
sparkling, glittering, twinkling, ~shimmering, ~bright ! dull, dark, matte, dim, still
glittering, sparkling, glistening, ~shimmering ! dull, dark, matte, dim, rusty
shimmering, glimmering, sparkling, ~glistening ! dull, dark, matte, still, dim
dazzling, brilliant, blinding, ~bright ! dull, dim, dark, faint, plain
dull, drab, matte, ~lackluster, ~dim ! shiny, bright, vivid, sharp, brilliant
matte, dull, flat, ~lusterless ! glossy, shiny, polished, gleaming, metallic
sunlit, sunny, bright, ~sun-drenched ! dark, shadowy, moonlit, gloomy, cloudy
moonlit, ~moonlight, ~starlit ! sunlit, dark, sunny, moonless, daylit
starry, star-studded, ~starlit, ~star-filled ! cloudy, starless, sunny, overcast, blank
illuminated, lit, lit up, ~bright ! dark, unlit, shadowy, dim, gloomy
lit, illuminated, ~lighted, ~bright ! dark, unlit, dim, extinguished, shadowy
candlelit, ~dimly lit, ~softly lit ! sunlit, dark, neon-lit, bright, daylit
backlit, ~silhouetted, ~rim-lit ! front-lit, evenly lit, dark, flat, shadowless
shadowy, dark, dim, ~shady, ~gloomy ! bright, sunlit, illuminated, light, clear
shady, shaded, shadowy, ~dim ! sunny, bright, sunlit, exposed, open
volumetric, ~atmospheric, ~hazy ! flat, hard, plain, dull, harsh
dramatic, striking, theatrical, ~intense, ~bold ! dull, plain, ordinary, calm, flat
ambient, surrounding, ~soft, ~diffuse ! harsh, direct, focused, spotlit, glaring
natural, ~organic, ~real, ~wild ! artificial, synthetic, fake, man-made, neon
artificial, synthetic, man-made, ~fake ! natural, real, organic, genuine, authentic
transparent, clear, see-through, ~sheer, ~glassy ! opaque, solid, cloudy, murky, frosted
translucent, see-through, semi-transparent, ~clear ! opaque, solid, transparent, dark, black
opaque, ~solid, ~cloudy ! transparent, clear, translucent, see-through, glassy
reflective, mirrored, shiny, ~glassy ! matte, dull, transparent, absorbent, opaque
metallic, ~metal, ~shiny, ~silvery ! wooden, plastic, matte, glass, paper

@adjective size
big, large, huge, ~giant, ~massive, ~great ! small, tiny, little, miniature, narrow
large, big, huge, ~great, ~sizable, ~massive ! small, tiny, little, miniature, compact
huge, enormous, giant, gigantic, massive, ~immense ! tiny, small, miniature, little, minuscule
giant, gigantic, huge, enormous, colossal, massive ! tiny, small, miniature, little, dwarf
gigantic, giant, enormous, huge, colossal ! tiny, small, miniature, little, dwarf
enormous, huge, giant, gigantic, immense ! tiny, small, miniature, little, minute
massive, huge, enormous, giant, ~colossal ! tiny, small, slight, miniature, delicate
immense, vast, huge, enormous ! tiny, small, little, minute, narrow
colossal, gigantic, giant, enormous, massive ! tiny, small, miniature, little, delicate
great, large, big, ~grand, ~huge ! small, little, tiny, minor, insignificant
small, little, tiny, ~miniature, ~compact ! big, large, huge, giant, enormous
little, small, tiny, ~wee, ~petite ! big, large, huge, giant, tall
tiny, minuscule, miniature, small, little, ~minute ! huge, giant, big, large, enormous
miniature, tiny, small, mini, ~little ! giant, life-size, huge, large, full-size
medium, average, ~mid-sized ! large, small, huge, tiny, extreme
tall, high, lofty, ~towering, ~long ! short, low, small, squat, tiny
high, tall, lofty, ~elevated ! low, short, deep, shallow, flat
low, short, ~shallow ! high, tall, elevated, towering, upper
short, small, ~brief, ~low ! tall, long, high, lengthy, towering
long, lengthy, extended, ~elongated ! short, brief, stubby, small, cropped
wide, broad, ~expansive, ~spacious ! narrow, thin, tight, slim, close
broad, wide, ~expansive ! narrow, thin, slim, tight, slender
narrow, thin, slim, ~tight, ~slender ! wide, broad, thick, spacious, open
thick, dense, fat, ~heavy, ~chunky ! thin, slim, narrow, sparse, fine
thin, slim, slender, lean, ~narrow, ~skinny ! thick, fat, wide, heavy, chubby
slender, slim, thin, ~lean, ~willowy ! fat, thick, stout, chubby, wide
slim, slender, thin, ~lean ! fat, thick, stout, chubby, wide
fat, plump, chubby, overweight, ~stout ! thin, slim, skinny, lean, slender
chubby, plump, fat, ~round, ~stout ! thin, skinny, slim, lean, slender
deep, ~profound, ~bottomless ! shallow, flat, light, superficial, low
shallow, ~low ! deep, bottomless, profound, high, steep
vast, immense, endless, huge, ~boundless, ~expansive ! small, tiny, narrow, limited, confined
endless, infinite, boundless, never-ending, ~vast, ~limitless ! short, finite, limited, small, narrow
infinite, endless, boundless, limitless, ~vast ! finite, limited, small, bounded, short
towering, tall, high, lofty, ~soaring ! low, short, small, tiny, squat
spacious, roomy, large, ~wide, ~airy ! cramped, narrow, tiny, tight, small
cramped, tight, narrow, ~crowded, ~confined ! spacious, roomy, open, large, airy
compact, small, ~dense, ~little ! large, bulky, huge, loose, sprawling
oversized, huge, big, ~giant ! tiny, undersized, small, miniature, fitted
heavy, weighty, ~massive, ~thick, ~bulky ! light, lightweight, thin, weightless, delicate
lightweight, light, ~airy ! heavy, bulky, thick, massive, dense

@adjective shape
round, circular, spherical, ~rounded ! square, angular, flat, rectangular, pointed
circular, round, ~ring-shaped ! square, triangular, rectangular, angular, straight
square, ~boxy, ~rectangular ! round, circular, triangular, oval, curved
rectangular, oblong, ~square ! round, circular, triangular, oval
triangular, ~three-cornered ! square, round, circular, rectangular, oval
oval, elliptical, egg-shaped ! square, round, triangular, rectangular, angular
flat, level, even, ~smooth ! hilly, curved, bumpy, round, steep
curved, bent, arched, rounded, ~curving, ~hooked ! straight, flat, angular, square, pointed
straight, ~direct, ~upright ! curved, crooked, bent, wavy, curly
crooked, bent, twisted, ~askew ! straight, upright, even, aligned, level
bent, curved, crooked, ~twisted ! straight, upright, flat, rigid, unbent
twisted, crooked, gnarled, ~contorted, ~bent ! straight, smooth, untwisted, upright, flat
gnarled, twisted, knotted, ~rugged ! smooth, straight, young, slender, polished
winding, twisting, meandering, curving, ~sinuous ! straight, direct, flat, wide, short
wavy, curly, ~rippling ! straight, flat, smooth, stiff, level
curly, wavy, frizzy, ~curled ! straight, flat, smooth, bald, sleek
sharp, pointed, keen, ~crisp, ~jagged ! blunt, dull, blurry, rounded, soft
pointed, sharp, pointy, ~spiky ! rounded, blunt, round, flat, dull
spiky, pointed, prickly, ~thorny, ~jagged ! smooth, rounded, soft, flat, blunt
jagged, rough, ragged, ~serrated, ~craggy ! smooth, rounded, even, flat, soft
blunt, dull, ~rounded ! sharp, pointed, keen, edged, spiky
steep, sheer, precipitous, ~abrupt ! gentle, flat, gradual, level, shallow
hollow, empty, ~cavernous ! solid, full, filled, dense, flat
pointy, pointed, sharp ! rounded, blunt, flat, round, dull
geometric, geometrical, ~angular, ~abstract ! organic, irregular, floral, natural, freeform
symmetrical, symmetric, balanced, ~even ! asymmetrical, irregular, uneven, lopsided, chaotic
abstract, nonrepresentational, ~conceptual ! realistic, figurative, concrete, photographic, representational
vertical, upright, ~standing ! horizontal, flat, diagonal, level, slanted
horizontal, level, flat ! vertical, upright, diagonal, tilted, slanted
tilted, slanted, leaning, ~inclined, ~angled ! upright, level, straight, vertical, even

@adjective surface
smooth, even, sleek, polished, ~silky, ~glassy ! rough, bumpy, coarse, jagged, uneven
rough, coarse, bumpy, uneven, ~rugged ! smooth, even, polished, soft, sleek
coarse, rough, ~grainy ! fine, smooth, soft, delicate, silky
rugged, rough, craggy, rocky, ~jagged ! smooth, gentle, flat, delicate, soft
soft, gentle, fluffy, ~plush, ~tender, ~mellow ! hard, harsh, rough, stiff, sharp
hard, solid, firm, rigid, ~tough ! soft, fluffy, gentle, flexible, tender
fluffy, furry, soft, downy, ~fuzzy, ~plush ! smooth, rough, bald, hard, coarse
furry, fluffy, hairy, fuzzy, ~shaggy ! hairless, bald, smooth, scaly, feathered
fuzzy, furry, fluffy, ~blurry, ~downy ! smooth, sharp, clear, hairless, crisp
hairy, furry, shaggy, ~bearded ! hairless, bald, smooth, shaven, clean-shaven
shaggy, hairy, furry, ~unkempt, ~bushy ! short-haired, sleek, smooth, groomed, hairless
silky, smooth, satiny, soft, ~sleek ! rough, coarse, scratchy, matted, stiff
sleek, smooth, glossy, ~streamlined, ~shiny ! rough, bulky, shaggy, clunky, rugged
scaly, ~reptilian, ~flaky ! furry, smooth, feathered, hairy, soft
woolly, wooly, fleecy, ~fluffy ! smooth, bald, silky, hairless, shorn
bumpy, rough, uneven, ~lumpy ! smooth, flat, even, level, polished
rocky, stony, craggy, rugged, ~pebbly ! sandy, grassy, smooth, muddy, snowy
stony, rocky, pebbly, ~gravelly ! sandy, grassy, smooth, muddy, soft
sandy, ~gritty, ~beachy ! rocky, grassy, muddy, snowy, paved
grassy, green, ~lush, ~verdant ! barren, rocky, sandy, paved, snowy
muddy, dirty, ~miry, ~boggy ! clean, dry, dusty, snowy, grassy
dusty, ~sandy, ~dirty, ~powdery ! clean, wet, polished, spotless, muddy
mossy, moss-covered, moss-grown, ~overgrown ! bare, clean, dry, polished, snowy
leafy, green, lush, ~foliate, ~verdant ! bare, leafless, barren, dead, withered
leafless, bare, ~naked, ~barren ! leafy, green, blooming, lush, flowering
wooded, forested, woody, ~tree-covered ! barren, treeless, bare, open, grassy
snowy, snow-covered, snow-capped, white, ~wintry ! green, sunny, grassy, sandy, bare
snow-covered, snowy, snow-capped, ~white ! green, bare, grassy, sandy, dry
icy, frozen, frosty, ~freezing, ~glacial ! warm, melted, hot, dry, sandy
frosty, icy, frozen, ~cold, ~rimy ! warm, hot, sunny, thawed, dry
frozen, icy, frosted, ~iced ! melted, thawed, liquid, flowing, boiling
melted, molten, liquid, ~runny, ~soft ! frozen, solid, hard, cold, firm
molten, melted, liquid, ~fiery ! solid, frozen, cold, hard, cooled
rusty, rusted, corroded, ~old, ~oxidized ! shiny, polished, new, clean, gleaming
polished, shiny, gleaming, smooth, ~glossy ! rough, dull, rusty, unpolished, dirty
sticky, gooey, tacky, ~gummy ! dry, smooth, slippery, clean, greasy
slippery, slick, ~icy, ~greasy ! rough, sticky, dry, grippy, sandy
greasy, oily, ~slick ! clean, dry, fresh, matte, lean
wet, damp, soaked, drenched, ~soggy, ~rainy ! dry, arid, dusty, parched, dried
damp, moist, wet, humid ! dry, arid, dusty, parched, sunny
moist, damp, wet, ~dewy ! dry, arid, parched, dusty, stale
dry, arid, parched, ~dried, ~dusty ! wet, damp, rainy, soaked, lush
arid, dry, barren, parched, ~desert ! lush, wet, green, fertile, humid
patterned, ~decorated, ~figured, ~printed ! plain, solid, blank, striped, monochrome
striped, stripy, banded, ~lined, ~streaked ! spotted, plain, solid, checkered, dotted
spotted, speckled, dotted, ~mottled, ~dappled ! striped, plain, solid, unmarked, checkered
dotted, spotted, polka-dot, ~speckled ! striped, plain, solid, checkered, blank
checkered, checked, plaid, ~chequered ! striped, plain, dotted, solid, floral
plaid, checkered, tartan, ~checked ! striped, plain, floral, dotted, solid
floral, flowery, flowered, ~botanical ! striped, plain, geometric, plaid, checkered
plain, simple, unadorned, ~solid, ~undecorated ! patterned, ornate, decorated, fancy, striped
textured, ~rough, ~grained ! smooth, flat, plain, polished, even
wooden, wood, timber, ~oak, ~oaken ! metal, plastic, stone, glass, concrete
woolen, woollen, wool, ~knitted ! cotton, silk, leather, linen, nylon
golden-haired, blond, ~fair-haired ! dark-haired, brunette, bald, gray-haired, red-haired

@adjective age and state
old, aged, elderly, ancient, ~antique, ~vintage ! new, young, modern, fresh, brand-new
elderly, old, aged, ~senior ! young, youthful, teenage, middle-aged, newborn
young, youthful, juvenile, ~little, ~adolescent ! old, elderly, aged, mature, ancient
new, modern, brand-new, fresh, ~recent ! old, ancient, worn, antique, used
ancient, old, antique, age-old, ~archaic ! modern, new, contemporary, recent, futuristic
antique, vintage, old, ~ancient, ~retro ! modern, new, contemporary, brand-new, futuristic
vintage, antique, retro, old, ~classic ! modern, new, contemporary, futuristic, current
retro, vintage, old-fashioned, ~nostalgic ! modern, futuristic, contemporary, new, current
old-fashioned, antiquated, vintage, ~dated, ~traditional ! modern, contemporary, futuristic, trendy, new
modern, contemporary, ~new, ~current, ~up-to-date ! ancient, old-fashioned, traditional, vintage, medieval
contemporary, modern, current, ~present-day ! ancient, traditional, old-fashioned, classical, antique
futuristic, sci-fi, high-tech, ~advanced, ~modern ! ancient, medieval, old-fashioned, vintage, primitive
medieval, ~gothic, ~feudal, ~ancient ! modern, futuristic, contemporary, victorian
prehistoric, ~primeval, ~primitive, ~ancient ! modern, futuristic, contemporary, medieval, recent
traditional, classic, conventional, ~customary ! modern, contemporary, futuristic, unconventional, avant-garde
classic, classical, traditional, ~timeless ! modern, contemporary, avant-garde, futuristic, trendy
classical, classic, traditional, ~ancient ! modern, contemporary, abstract, futuristic, gothic
victorian, ~19th-century, ~old-fashioned ! modern, medieval, futuristic, contemporary, minimalist
gothic, ~medieval, ~dark ! modern, baroque, minimalist, cheerful, classical
rustic, country, rural, ~pastoral, ~homely ! modern, urban, industrial, sleek, futuristic
rural, country, rustic, pastoral, ~countryside ! urban, city, industrial, suburban, metropolitan
urban, city, metropolitan, ~municipal ! rural, country, pastoral, rustic, suburban
industrial, ~factory, ~mechanical ! rural, natural, rustic, pastoral, agricultural
tropical, ~exotic, ~equatorial ! arctic, polar, temperate, alpine, desert
worn, shabby, worn-out, ~tattered, ~old ! new, fresh, pristine, unworn, brand-new
weathered, worn, aged, ~battered ! new, pristine, polished, fresh, smooth
tattered, torn, ragged, ~shredded, ~frayed ! new, intact, neat, mended, whole
torn, ripped, tattered, ragged ! intact, whole, mended, new, sewn
ragged, tattered, torn, shabby ! neat, new, elegant, smooth, intact
shabby, worn, run-down, ~ragged ! elegant, new, smart, neat, luxurious
broken, shattered, cracked, damaged, ~smashed ! intact, whole, repaired, fixed, unbroken
shattered, broken, smashed, ~fractured ! intact, whole, unbroken, repaired, solid
cracked, broken, fractured, split ! intact, smooth, whole, unbroken, solid
damaged, broken, ~battered, ~ruined ! intact, undamaged, repaired, new, pristine
ruined, destroyed, wrecked, ~crumbling, ~dilapidated ! intact, restored, new, rebuilt, pristine
crumbling, decaying, ruined, ~dilapidated ! intact, new, sturdy, restored, solid
dilapidated, run-down, ruined, ~decrepit, ~ramshackle ! new, pristine, renovated, restored, intact
abandoned, deserted, derelict, forsaken, ~empty ! inhabited, occupied, busy, crowded, used
deserted, abandoned, empty, ~desolate, ~vacant ! crowded, busy, inhabited, bustling, populated
haunted, ghostly, spooky, ~cursed ! cheerful, ordinary, safe, blessed, sunny
intact, whole, undamaged, ~complete ! broken, damaged, shattered, ruined, cracked
clean, spotless, neat, tidy, ~pure, ~immaculate ! dirty, messy, filthy, cluttered, muddy
spotless, clean, immaculate, ~pristine ! dirty, filthy, stained, messy, dusty
pristine, spotless, untouched, immaculate, ~clean ! dirty, ruined, worn, polluted, damaged
dirty, filthy, grimy, soiled, ~muddy, ~unclean ! clean, spotless, pure, washed, shiny
filthy, dirty, grimy, ~foul ! clean, spotless, pure, tidy, immaculate
messy, untidy, cluttered, disorderly, ~disheveled ! tidy, neat, clean, orderly, organized
untidy, messy, disorderly, ~cluttered ! tidy, neat, clean, orderly, organized
tidy, neat, orderly, ~clean ! messy, untidy, cluttered, dirty, disorderly
neat, tidy, orderly, ~trim, ~clean ! messy, untidy, sloppy, cluttered, dirty
cluttered, messy, ~crowded, ~disorganized ! tidy, empty, clean, neat, minimalist
empty, vacant, bare, unoccupied, ~unfilled, ~deserted ! full, filled, crowded, occupied, packed
full, filled, packed, ~loaded, ~complete ! empty, vacant, half-empty, bare, hollow
filled, full, packed, loaded, ~stuffed ! empty, vacant, unfilled, hollow, drained
bare, naked, empty, ~exposed, ~barren ! covered, decorated, full, clothed, leafy
barren, bare, desolate, arid, ~sterile ! lush, fertile, green, fruitful, verdant
desolate, barren, bleak, deserted, ~lonely ! lush, crowded, lively, cheerful, populated
bleak, desolate, dreary, ~barren, ~grim ! cheerful, lush, bright, sunny, cozy
lush, verdant, luxuriant, green, ~leafy ! barren, dry, arid, sparse, bare
verdant, lush, green, ~leafy ! barren, arid, brown, dry, bare
overgrown, wild, ~weedy, ~unkempt ! trimmed, bare, cleared, manicured, tidy
dense, thick, heavy, ~lush, ~packed ! sparse, thin, light, open, scattered
sparse, thin, scattered, ~meager ! dense, thick, lush, crowded, full
crowded, packed, busy, bustling, ~full, ~congested ! empty, deserted, quiet, vacant, uncrowded
packed, crowded, full, ~crammed ! empty, deserted, vacant, sparse, uncrowded
busy, bustling, crowded, ~hectic, ~active ! quiet, empty, deserted, idle, calm
bustling, busy, lively, crowded, ~hectic ! quiet, deserted, sleepy, empty, calm
quiet, silent, calm, peaceful, ~still, ~hushed ! noisy, loud, busy, crowded, bustling
silent, quiet, still, soundless, hushed, ~noiseless ! noisy, loud, busy, roaring, rushing
noisy, loud, ~boisterous, ~clamorous ! quiet, silent, calm, peaceful, still
loud, noisy, ~blaring, ~deafening ! quiet, silent, soft, hushed, muted
open, ~unlocked, ~ajar, ~unclosed ! closed, shut, locked, sealed, covered
closed, shut, ~locked, ~sealed ! open, ajar, unlocked, wide-open, broken
locked, bolted, secured, ~closed ! unlocked, open, ajar, broken, unsecured
hidden, concealed, secret, ~unseen, ~obscured ! visible, exposed, obvious, open, revealed
secret, hidden, concealed, ~private ! public, open, known, visible, obvious
covered, coated, ~wrapped, ~blanketed, ~draped ! bare, uncovered, exposed, empty, naked
overflowing, brimming, ~full, ~spilling ! empty, drained, dry, half-empty, bare
loose, slack, baggy, ~free ! tight, fitted, firm, fixed, snug
tight, snug, close-fitting, ~fitted ! loose, baggy, slack, wide, relaxed
baggy, loose, oversized, ~roomy ! tight, fitted, snug, slim, close-fitting
parked, stationary, stopped, ~standing ! moving, driving, speeding, racing, crashed
moving, mobile, ~traveling, ~active ! still, stationary, parked, motionless, fixed
still, motionless, calm, unmoving, ~stationary ! moving, rippling, turbulent, rough, restless
fallen, ~toppled, ~collapsed, ~dropped ! standing, upright, growing, rising, raised
standing, upright, ~erect ! fallen, sitting, lying, collapsed, toppled
fresh, ~ripe, ~crisp, ~new, ~juicy ! stale, rotten, old, dried, frozen
ripe, mature, ~juicy, ~ready ! unripe, green, rotten, raw, overripe
rotten, spoiled, decayed, ~moldy ! fresh, ripe, new, healthy, clean
stale, old, ~dry ! fresh, new, soft, warm, crisp
raw, uncooked, ~fresh ! cooked, baked, fried, boiled, roasted
cooked, baked, ~roasted, ~fried ! raw, uncooked, frozen, burnt, fresh
delicious, tasty, yummy, appetizing, ~mouthwatering ! disgusting, tasteless, bland, rotten, unappetizing
tasty, delicious, flavorful, ~yummy ! tasteless, bland, disgusting, rotten, bitter
sweet, sugary, ~honeyed ! sour, bitter, salty, spicy, savory
sour, tart, acidic ! sweet, bitter, salty, sugary, mild
spicy, hot, peppery ! mild, bland, sweet, sour, plain
juicy, succulent, ~ripe ! dry, dried, shriveled, withered, stale
steaming, hot, piping hot ! cold, frozen, iced, chilled, cool
withered, wilted, shriveled, ~dried, ~dead ! fresh, blooming, lush, green, healthy
blooming, flowering, blossoming, ~in bloom ! withered, wilted, bare, dead, leafless
dead, lifeless, deceased, ~withered ! alive, living, blooming, lively, growing
alive, living, ~lively ! dead, lifeless, extinct, withered, inanimate
ornate, elaborate, fancy, decorated, ~intricate ! plain, simple, minimalist, bare, unadorned
decorated, ornate, adorned, ~embellished, ~ornamented ! plain, undecorated, bare, simple, unadorned
elaborate, intricate, ornate, detailed, ~complex ! simple, plain, minimal, basic, crude
intricate, elaborate, complex, detailed, ~ornate ! simple, plain, crude, basic, minimal
delicate, fine, dainty, fragile, ~intricate ! heavy, coarse, sturdy, rough, thick
fragile, delicate, breakable, frail, ~brittle ! sturdy, strong, unbreakable, tough, durable
fine, delicate, ~thin, ~intricate ! coarse, rough, thick, crude, heavy
sturdy, solid, strong, robust, ~stout ! fragile, flimsy, weak, delicate, rickety
simple, plain, basic, ~minimalist, ~uncomplicated ! complex, ornate, elaborate, intricate, detailed
complex, intricate, complicated, elaborate ! simple, plain, basic, minimal, easy
minimalist, minimal, simple, ~clean ! ornate, cluttered, maximalist, elaborate, baroque
floating, hovering, drifting, ~suspended, ~levitating ! sinking, grounded, falling, fixed, sunken
flying, airborne, soaring, ~winged ! grounded, landed, walking, swimming, crawling
running, ~flowing, ~sprinting ! standing, walking, still, stopped, sitting
hanging, suspended, dangling ! standing, lying, fallen, floating, fixed
burning, blazing, flaming, fiery, ~ablaze ! frozen, extinguished, cold, wet, unlit
rolling, undulating, ~hilly ! flat, steep, level, jagged, still
distant, far, faraway, remote, ~far-off ! near, nearby, close, adjacent, foreground
remote, distant, isolated, secluded, ~faraway ! nearby, central, close, accessible, crowded
isolated, secluded, remote, ~lonely, ~solitary ! crowded, connected, central, busy, surrounded
secluded, isolated, hidden, private, ~remote ! crowded, public, busy, open, central
nearby, close, neighboring, ~adjacent ! distant, far, remote, faraway, far-off
close, near, nearby, ~tight ! distant, far, remote, wide, faraway
main, primary, chief, central, ~principal ! minor, secondary, side, lesser, background
central, middle, ~main ! peripheral, outer, side, remote, corner
`;
