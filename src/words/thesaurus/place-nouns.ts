/** @file Landscapes, waters, skies, weather, times and light: our own thesaurus. `thesaurus.ts` says how it is written. */

export const PLACE_NOUNS = `
@noun landscape
mountain, peak, mount, ~summit, ~hill, ~ridge ! valley, plain, beach, ocean, river
hill, hillock, knoll, mound, ~slope, ~hillside ! valley, mountain, plain, river, beach
hillside, slope, ~hill, ~bank ! valley, beach, plain, cliff, river
valley, vale, dale, glen, ~canyon, ~basin ! mountain, hill, plateau, peak, desert
peak, summit, top, mountaintop, ~pinnacle, ~crest ! valley, base, foot, plain, canyon
summit, peak, top, ~crest, ~mountaintop ! base, valley, foot, bottom, plain
ridge, crest, ~spine, ~edge ! valley, plain, ravine, river, beach
cliff, bluff, crag, precipice, ~rock face, ~escarpment ! valley, plain, beach, meadow, hill
canyon, gorge, ravine, ~chasm, ~valley ! mountain, plain, hill, meadow, plateau
gorge, ravine, canyon, ~chasm ! hill, plain, mountain, ridge, meadow
plain, prairie, flatland, grassland, ~steppe ! mountain, forest, valley, hill, city
prairie, plain, grassland, ~meadow, ~steppe ! forest, mountain, desert, swamp, city
plateau, tableland, mesa, ~highland ! valley, canyon, mountain, plain, peak
forest, woods^, woodland, ~jungle, ~grove ! desert, city, beach, meadow, field
woods^, forest, woodland, ~grove ! field, desert, city, beach, meadow
woodland, forest, woods^, ~grove ! desert, city, meadow, beach, field
jungle, rainforest, ~forest, ~tropical forest ! desert, city, tundra, meadow, beach
rainforest, jungle, tropical forest, ~forest ! desert, tundra, city, savanna, beach
grove, copse, thicket, orchard, ~wood, ~stand ! field, desert, meadow, city, beach
orchard, grove, ~fruit garden, ~plantation ! vineyard, forest, field, desert, meadow
vineyard, ~winery, ~grapevines ! orchard, forest, desert, field, beach
desert, wasteland, ~sands, ~dunes, ~barren land ! forest, ocean, jungle, meadow, city
wasteland, wilderness, desert, badlands^, ~wastes ! garden, city, forest, meadow, oasis
wilderness, wilds^, ~wasteland, ~backcountry, ~bush ! city, town, garden, suburb, farm
oasis, ~watering hole ! desert, dune, city, tundra, swamp
dune, sand dune, ~sand hill ! wave, meadow, forest, mountain, rock
meadow, pasture, grassland, field, ~lea ! forest, desert, city, mountain, beach
field, meadow, pasture, ~farmland, ~grassland ! forest, beach, city, mountain, road
pasture, meadow, grazing land, field, ~grassland ! forest, desert, street, barn, beach
countryside, rural area, ~country, ~farmland, ~landscape ! city, downtown, seaside, suburb, desert
farmland, fields, cropland, ~countryside ! forest, city, desert, wilderness, suburb
savanna, savannah, grassland, ~plain ! forest, tundra, jungle, desert, city
tundra, ~frozen plain, ~arctic ! jungle, desert, forest, savanna, beach
swamp, marsh, bog, wetland, ~bayou ! desert, meadow, lake, forest, field
marsh, swamp, bog, wetland, ~fen ! desert, mountain, forest, meadow, beach
cave, cavern, grotto, ~den, ~hollow ! mountain, house, forest, tower, meadow
cavern, cave, grotto, ~hollow ! mountain, forest, tower, sky, meadow
tunnel, underpass, passage, ~subway ! bridge, road, open field, tower, overpass
island, isle, islet, ~atoll, ~key ! mainland, ocean, mountain, continent, lake
volcano, ~crater, ~volcanic mountain ! lake, valley, glacier, waterfall, iceberg
crater, ~pit, ~caldera, ~hollow ! mountain, hill, lake, tower, dome
glacier, ice field, ~iceberg, ~ice cap ! volcano, desert, river, forest, beach
iceberg, ~ice floe, ~floating ice ! island, volcano, ship, rock, wave
rock, stone, boulder, ~crag ! tree, sand, wood, water, flower
boulder, rock, stone ! pebble, tree, log, bush, sand
stone, rock, pebble, ~boulder ! wood, feather, brick, leaf, flower
pebble, stone, ~rock, ~gravel* ! boulder, sand, leaf, shell, brick
gravel*, pebbles, ~shingle*, ~crushed stone* ! sand, grass, asphalt, mud, snow
sand*, ~grit*, ~beach ! grass, snow, mud, rock, water
mud*, muck*, mire*, ~sludge*, ~dirt* ! sand, grass, snow, dust, water
dirt*, soil*, earth*, ~mud*, ~dust* ! grass, sand, snow, gravel, concrete
soil*, earth*, dirt*, ~ground ! sand, water, rock, snow, concrete
dust*, ~powder*, ~dirt* ! water, mud, snow, smoke, rain
ground, earth*, soil*, ~floor, ~land* ! sky, ceiling, water, air, roof
land*, ground, ~terrain*, ~earth* ! sea, ocean, water, sky, air
terrain, ground, land*, ~landscape ! sea, sky, water, interior, road
landscape, scenery*, view, ~vista, ~countryside ! portrait, cityscape, interior, still life, seascape
scenery*, landscape, view, ~setting ! interior, portrait, cityscape, close-up, studio
vista, view, panorama, ~prospect, ~outlook ! close-up, wall, interior, portrait, detail
horizon, skyline, ~distance ! foreground, ground, ceiling, zenith, wall
path, trail, track, footpath, ~walkway, ~lane ! road, river, highway, field, staircase
trail, path, track, ~footpath ! road, highway, river, street, field
farm, farmstead, ranch, ~homestead ! city, factory, forest, beach, school
ranch, farm, ~cattle farm ! city, factory, beach, forest, apartment
garden, yard, ~flower garden, ~park ! desert, street, forest, beach, parking lot
yard, garden, courtyard, ~lawn, ~backyard ! street, park, forest, beach, house
backyard, yard, garden, ~back garden ! front yard, street, park, beach, rooftop
lawn, grass*, yard, ~turf* ! sidewalk, road, sand, driveway, forest
park, public garden, ~green, ~playground ! street, forest, beach, parking lot, mall
playground, play area, ~park ! parking lot, classroom, street, beach, stadium
cemetery, graveyard, churchyard, ~burial ground ! park, garden, playground, church, meadow
graveyard, cemetery, churchyard, ~burial ground ! park, garden, playground, beach, meadow
campsite, camp, campground, ~encampment ! hotel, city, village, beach, house
camp, campsite, encampment, ~bivouac ! hotel, house, city, castle, village
world, earth, globe, ~planet, ~realm ! room, city, moon, void, village
nature*, ~wilderness, ~outdoors^ ! city, technology, industry, interior, civilization
ruin, ~remains^, ~wreckage*, ~rubble* ! palace, skyscraper, new building, castle, house
rubble*, debris*, ruins, ~wreckage* ! building, grass, sand, flowers, snow
puddle, pool, ~pond ! lake, ocean, snowdrift, river, dry ground

@noun waters < water
ocean, sea, ~deep, ~water*, ~high seas^ ! desert, lake, forest, mountain, sky
sea, ocean, ~water*, ~waves ! land, desert, lake, mountain, sky
lake, pond, loch, ~lagoon, ~reservoir ! ocean, river, mountain, desert, forest
pond, pool, ~lake, ~lagoon ! ocean, river, fountain, meadow, puddle
river, stream, waterway, ~creek, ~brook ! lake, ocean, road, mountain, desert
stream, brook, creek, ~river, ~rivulet ! ocean, lake, road, waterfall, desert
creek, stream, brook, ~river ! ocean, lake, road, desert, canal
brook, stream, creek, ~rivulet ! ocean, lake, road, desert, waterfall
waterfall, cascade, falls^, ~cataract ! lake, fountain, pond, volcano, river
fountain, ~water feature, ~jet ! statue, pond, waterfall, well, bench
bay, cove, inlet, gulf, ~harbor ! open sea, mountain, peninsula, desert, river
lagoon, ~bay, ~pool, ~lake ! desert, river, ocean, mountain, swamp
canal, waterway, channel, ~river ! road, street, lake, railway, ocean
harbor, harbour, port, ~marina, ~dock ! airport, open sea, beach, train station, desert
port, harbor, harbour, ~dock, ~seaport ! airport, beach, desert, station, open sea
marina, harbor, ~dock, ~yacht basin ! airport, beach, parking lot, open sea, river
beach, shore, seashore, seaside, ~coast, ~sand* ! mountain, forest, desert, city, park
shore, beach, coast, bank, ~shoreline, ~seashore ! open sea, mountain, forest, desert, city
shoreline, shore, coastline, waterfront, ~beach ! mountain, forest, desert, open sea, street
coast, shore, seashore, coastline, ~seaside, ~beach ! mountain, inland, desert, forest, city
coastline, shore, shoreline, coast, ~seashore ! mountains, desert, forest, inland, city
riverbank, bank, riverside, ~waterside, ~shore ! beach, mountain, street, desert, forest
wave, breaker, ~swell, ~surf*, ~ripple ! dune, calm water, cloud, rock, mountain
surf*, waves, breakers, ~foam* ! sand, calm water, snow, grass, clouds
tide, ~current, ~waves ! beach, cliff, still water, wind, dune
ripple, wavelet, ~wave ! still surface, stone, splash, bubble
splash, spray, ~splatter ! ripple, puddle, drizzle, smoke, flame
spray*, mist*, splash, ~foam* ! flame, smoke, dust, snow, sand
foam*, froth*, suds^, ~lather* ! smoke, sand, oil, ice, water
bubble, ~globule, ~soap bubble ! stone, cube, snowflake, balloon, flame
water*, ~liquid, ~sea ! fire, sand, ice, oil, land
ice*, ~frost*, ~frozen water* ! water, fire, steam, sand, glass
drop, droplet, bead, ~raindrop ! flake, puddle, stone, stream, crystal
droplet, drop, bead, ~raindrop ! snowflake, pebble, stream, crystal, flame
raindrop, drop, droplet ! snowflake, hailstone, petal, leaf, sunbeam
pool, swimming pool, ~pond, ~basin ! beach, lawn, lake, fountain, patio
swimming pool, pool, ~lido ! beach, lake, garden, bathtub, patio
reservoir, ~lake, ~dam ! river, desert, ocean, field, mountain
reef, coral reef, ~shoal ! beach, cave, desert, forest, shipwreck
pier, dock, jetty, wharf, ~quay ! beach, bridge, road, lighthouse, boat
dock, pier, wharf, jetty, ~quay ! beach, road, bridge, runway, platform
well, ~water well, ~wishing well ! fountain, tower, river, pump, tree

@noun sky
sky, heavens^, firmament, ~air*, ~atmosphere ! ground, sea, ceiling, earth, field
cloud, ~cumulus, ~vapor*, ~mist* ! sun, star, clear sky, mountain, rainbow
sun, ~sunshine*, ~daystar ! moon, star, cloud, lamp, rain
moon, ~full moon, ~crescent, ~lunar disc ! sun, star, planet, cloud, comet
star, ~celestial body, ~sun ! moon, planet, cloud, comet
planet, world, ~globe, ~celestial body ! star, moon, comet, asteroid, sun
galaxy, milky way, ~nebula, ~cosmos, ~starfield ! planet, ocean, desert, city, sun
nebula, ~gas cloud, ~galaxy ! planet, sun, moon, ocean, forest
comet, shooting star, ~meteor ! planet, moon, sun, airplane, bird
meteor, shooting star, ~meteorite, ~comet ! moon, planet, airplane, bird, balloon
asteroid, ~meteoroid, ~space rock ! planet, star, spaceship, moon, comet
space*, outer space*, cosmos, ~universe ! earth, ocean, ground, city, desert
universe, cosmos, ~space*, ~galaxy ! earth, city, ocean, room, forest
constellation, ~stars, ~star pattern ! moon, sun, clouds, planet, comet
rainbow, ~bow, ~arc of colors ! cloud, lightning, moon, sunset, storm
aurora, northern lights^, aurora borealis, ~polar lights^ ! sunset, rainbow, lightning, clouds, daylight
air*, ~atmosphere, ~sky ! water, ground, sea, earth, fire
skyline, cityscape, ~horizon, ~city silhouette ! forest, mountains, seascape, field, interior

@noun weather < weather
rain*, rainfall*, shower, ~drizzle*, ~downpour ! snow, sunshine, fog, hail, wind
snow*, snowfall*, ~powder*, ~frost* ! rain, sand, grass, sunshine, fog
snowfall*, snow*, ~snowstorm, ~flurry ! rain, sunshine, hail, fog, drought
storm, tempest, thunderstorm, ~gale ! calm, sunshine, clear sky, rainbow, breeze
thunderstorm, storm, tempest, ~lightning storm ! sunshine, snowfall, clear sky, fog, rainbow
snowstorm, blizzard, ~snowfall* ! thunderstorm, sunshine, rain, heat wave, sandstorm
blizzard, snowstorm, ~whiteout ! sunshine, rain, sandstorm, heat wave, breeze
fog*, mist*, haze*, ~murk* ! sunshine, rain, clear sky, snow, smoke
mist*, fog*, haze*, ~vapor* ! sunshine, clear sky, rain, snow, smoke
haze*, mist*, fog*, ~smog* ! clear sky, rain, sunshine, snow, wind
wind, breeze, gust, ~gale ! calm, rain, snow, fog, sunshine
breeze, wind, ~zephyr, ~light wind ! storm, gale, calm, rain, fog
lightning*, ~thunderbolt, ~lightning bolt ! rainbow, sunshine, moonlight, rain, snow
hurricane, cyclone, typhoon, ~storm ! breeze, sunshine, calm, blizzard, drizzle
tornado, twister, whirlwind, ~cyclone ! breeze, rainbow, blizzard, calm, waterfall
snowflake, flake, snow crystal, ~snow* ! raindrop, leaf, petal, hailstone, star
frost*, rime*, hoarfrost*, ~ice* ! dew, rain, sunshine, rust, sand
dew*, dewdrops, ~moisture* ! frost, dust, snow, sand, ice
weather*, ~climate, ~conditions^ ! indoors, season, landscape, lighting, darkness

@noun time of day
sunset, dusk, sundown, twilight, ~nightfall, ~evening ! sunrise, noon, dawn, midnight, morning
sunrise, dawn, daybreak, sunup, ~morning ! sunset, dusk, midnight, noon, night
dawn, sunrise, daybreak, sunup, ~morning ! dusk, sunset, midnight, noon, night
dusk, twilight, nightfall, sunset, ~evening ! dawn, noon, sunrise, morning, midnight
twilight, dusk, nightfall, ~gloaming, ~evening ! noon, dawn, midday, morning, daylight
morning, dawn, ~daybreak, ~forenoon ! evening, night, afternoon, dusk, midnight
noon, midday, noontime, ~high noon ! midnight, dusk, night, dawn, evening
afternoon, ~midday, ~daytime* ! morning, night, evening, midnight, dawn
evening, dusk, nightfall, ~night, ~twilight ! morning, noon, dawn, afternoon, midday
night, nighttime*, dark*, ~midnight, ~evening ! day, noon, morning, dawn, afternoon
midnight, ~night, ~dead of night ! noon, morning, midday, dawn, afternoon
day, daytime*, daylight*, ~daylight hours^ ! night, midnight, dusk, evening, darkness
daytime*, day, daylight* ! night, nighttime, midnight, dusk, evening
nightfall*, dusk, sundown, ~evening ! daybreak, dawn, noon, morning, sunrise
golden hour, sunset, ~magic hour ! noon, midnight, blue hour, overcast, night

@noun season < season
winter, wintertime*, ~cold season ! summer, spring, autumn, fall, rainy season
summer, summertime*, ~warm season ! winter, autumn, spring, fall, rainy season
spring, springtime* ! autumn, winter, summer, fall, rainy season
autumn, fall ! spring, summer, winter, monsoon, rainy season
season, ~time of year ! day, hour, year, decade, month
year, ~twelvemonth ! day, month, week, decade, hour
century, ~hundred years^, ~age ! decade, year, day, hour, millennium
moment, instant, ~second, ~minute ! eternity, hour, day, year, century
future, ~time to come, ~tomorrow ! past, present, history, middle ages, antiquity
past, ~history, ~yesteryear ! future, present, tomorrow, today, now

@noun light
light, illumination*, glow, ~lighting*, ~radiance* ! darkness, shadow, dark, gloom, shade
lighting*, illumination*, light, ~lights ! darkness, shadow, shade, gloom, blackness
sunlight*, sunshine*, daylight*, ~sunbeams, ~sun ! moonlight, darkness, shadow, candlelight, rain
sunshine*, sunlight*, ~daylight*, ~sun ! rain, moonlight, shadow, clouds, darkness
moonlight*, moonshine*, ~moonbeams, ~lunar light* ! sunlight, daylight, darkness, candlelight, lamplight
daylight*, sunlight*, ~natural light* ! darkness, moonlight, candlelight, night, lamplight
candlelight*, ~firelight*, ~soft light* ! sunlight, daylight, neon light, spotlight, darkness
firelight*, ~candlelight*, ~glow ! moonlight, daylight, darkness, sunlight, neon light
starlight*, ~moonlight* ! sunlight, daylight, darkness, lamplight, clouds
backlight*, rim light, ~backlighting* ! front light, shadow, darkness, flat lighting, ambient light
spotlight, ~floodlight, ~beam ! shadow, candle, darkness, ambient light, sunlight
shadow, shade, silhouette, ~darkness* ! light, sunlight, highlight, glow, sunshine
shade*, shadow ! sunlight, light, sunshine, glare, spotlight
silhouette, outline, shadow, ~profile ! portrait, close-up, face, reflection, photograph
darkness*, dark*, blackness*, gloom* ! light, brightness, daylight, sunlight, glow
glow, gleam, radiance*, ~shine*, ~light ! darkness, shadow, gloom, dullness, shade
glare*, dazzle*, ~brightness* ! shadow, darkness, shade, gloom, dimness
ray, beam, shaft, ~sunbeam ! shadow, cloud, darkness, puddle, smoke
beam, ray, shaft, ~light ! shadow, darkness, cloud, curve, smoke
shaft, ray, beam, ~column ! shadow, cloud, pool, patch, darkness
sunbeam, ray, ~beam of light, ~sun ray ! shadow, raindrop, moonbeam, cloud, snowflake
reflection, mirror image, ~image ! shadow, original, darkness, transparency, silhouette
sparkle, glitter*, twinkle, ~shimmer ! dullness, matte, shadow, rust, darkness
shimmer, sparkle, glimmer, ~gleam ! dullness, darkness, shadow, matte, dust
spark, ember, flash, ~sparkle ! snowflake, raindrop, ash, smoke, droplet
flame, fire, blaze, ~flare ! water, ice, smoke, rain, ash
fire, flames, blaze, ~inferno, ~campfire ! water, ice, rain, snow, smoke
bonfire, campfire, fire, ~blaze, ~pyre ! fountain, pond, tent, snowman, lamp
campfire, bonfire, fire, ~blaze ! lake, tent, lamp, fountain, snowman
ember, coal, ~spark, ~cinder ! snowflake, ice, raindrop, petal, water
ash, cinder, ~soot* ! snow, flame, water, sand, petal
smoke*, fumes^, ~vapor*, ~smog* ! fog, fire, clear air, rain, dust
steam*, vapor*, vapour*, ~mist* ! ice, smoke, fire, snow, dust
explosion, blast, burst, ~detonation, ~fireball ! rain, silence, flower, calm, snowfall
firework, ~pyrotechnics^, ~skyrocket ! star, lantern, balloon, lightning, rain
`;
