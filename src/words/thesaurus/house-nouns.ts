/** @file Vehicles, buildings, streets and rooms: our own thesaurus. `thesaurus.ts` says how it is written. */

export const HOUSE_NOUNS = `
@noun vehicle < vehicle
car, automobile, auto, ~sedan, ~motorcar ! truck, bus, bicycle, motorcycle, train
automobile, car, auto, motorcar ! truck, bus, bicycle, motorcycle, train
truck, lorry, ~pickup, ~rig ! car, bus, van, train, motorcycle
pickup truck, pickup, truck ! car, van, bus, motorcycle, bicycle
fire truck, fire engine, ~fire lorry, ~truck ! ambulance, police car, bus, taxi, tractor
van, minivan, ~truck ! car, bus, motorcycle, train
bus, coach, ~minibus, ~omnibus ! car, train, truck, taxi, tram
taxi, cab, taxicab, ~car ! bus, truck, police car, bicycle, train
ambulance, ~emergency vehicle ! fire truck, police car, taxi, bus, hearse
police car, cruiser, patrol car, squad car ! ambulance, taxi, fire truck, bus, bicycle
bicycle, bike, cycle, ~pushbike ! car, motorcycle, scooter, skateboard, bus
bike, bicycle, cycle, ~motorbike ! car, scooter, skateboard, bus, truck
motorcycle, motorbike, bike, ~moped ! bicycle, car, truck, scooter, bus
scooter, moped, ~motor scooter ! bicycle, car, motorcycle, skateboard, bus
skateboard, board, ~longboard ! bicycle, surfboard, scooter, roller skates, snowboard
train, locomotive, railway train, ~subway, ~rail ! bus, car, airplane, truck, boat
locomotive, engine, train, ~steam engine ! bus, truck, airplane, car, tram
steam engine, steam train, locomotive ! bus, truck, car, airplane, bicycle
tram, streetcar, trolley, ~trolley car ! bus, train, car, taxi, bicycle
subway, metro, underground, ~tube ! bus, tram, taxi, airplane, car
airplane, plane, aeroplane, aircraft, jet, ~airliner ! helicopter, train, car, boat, bird
plane, airplane, aircraft, jet, ~aeroplane ! helicopter, train, car, bus, boat
aircraft, airplane, plane, ~jet ! car, ship, train, helicopter, bird
jet, airplane, plane, ~jetliner ! helicopter, train, boat, car, glider
helicopter, chopper, ~copter ! airplane, car, drone, boat, train
drone, quadcopter, ~uav ! airplane, helicopter, bird, kite, car
rocket, missile, spaceship, ~spacecraft ! airplane, car, helicopter, train, boat
spaceship, spacecraft, starship, rocket, ~space shuttle ! airplane, car, submarine, boat, train
spacecraft, spaceship, starship, ~rocket ! airplane, car, submarine, boat, train
satellite, ~space probe ! airplane, planet, rocket, balloon, drone
balloon, ~air balloon ! kite, ball, airplane, bubble, bird
hot air balloon, balloon, ~aerostat ! airplane, kite, helicopter, bird, rocket
airship, blimp, zeppelin, ~dirigible ! airplane, helicopter, ship, rocket, train
boat, ship, vessel, ~dinghy, ~craft ! car, train, airplane, truck, raft
ship, vessel, boat, ~liner ! car, airplane, train, truck, raft
sailboat, sailing boat, yacht, ~sailing ship ! canoe, steamship, rowboat, car, submarine
yacht, sailboat, ~cruiser, ~boat ! canoe, raft, tanker, rowboat, submarine
canoe, kayak, ~rowboat ! sailboat, yacht, raft, ship, car
kayak, canoe, ~paddle boat ! sailboat, yacht, raft, surfboard, ship
rowboat, rowing boat, dinghy, ~skiff ! sailboat, yacht, ship, car, motorboat
ferry, ferryboat, ~boat ! bus, train, airplane, canoe, bridge
submarine, sub, ~u-boat ! airplane, ship, boat, whale, car
raft, float, ~dinghy ! ship, yacht, bridge, canoe, car
gondola, ~boat ! car, bus, canoe, yacht, bicycle
wagon, cart, carriage ! car, truck, bicycle, train, sled
cart, wagon, ~trolley ! car, truck, bicycle, sled, train
carriage, coach, ~buggy, ~chariot ! car, bus, truck, bicycle, train
chariot, ~carriage, ~cart ! car, horse, ship, wagon, bicycle
sled, sleigh, sledge, ~toboggan ! skis, wagon, bicycle, car, skateboard
tractor, ~farm vehicle, ~farm machine ! car, truck, horse, bus, bicycle
bulldozer, excavator, digger, ~earthmover ! car, tractor, crane, bus, truck
tank, armored vehicle, ~panzer ! car, truck, tractor, bus, airplane
vehicle, ~conveyance, ~car ! animal, building, person, horse, boat
stroller, baby carriage, pram, ~pushchair ! bicycle, wheelchair, shopping cart, car, wagon
wheelchair, ~chair ! bicycle, stroller, car, crutches, armchair
traffic*, cars, ~vehicles ! pedestrians, empty road, crowd, trees, animals
wheel, ~tire, ~rim ! engine, door, wing, window, leg
tire, tyre, ~wheel ! door, engine, window, chain, track
engine, motor, ~machine ! wheel, door, sail, battery, wing
sail, canvas, ~mainsail ! oar, flag, anchor, wing, engine
anchor, ~mooring ! sail, oar, wheel, chain, flag
surfboard, board, ~paddleboard ! skateboard, snowboard, kayak, skis, boat
ski, ~snowboard ! skate, sled, skateboard, surfboard, bicycle
snowboard, board, ~ski ! skateboard, surfboard, skis, sled, bicycle

@noun building < building, structure
building, structure, edifice, ~house, ~construction ! tree, mountain, tent, ship, statue
house, home, dwelling, residence, ~cottage ! apartment, castle, tent, skyscraper, barn
home, house, dwelling, residence ! office, hotel, school, factory, street
cottage, cabin, bungalow, ~hut, ~house ! mansion, castle, skyscraper, palace, apartment
cabin, hut, lodge, cottage, ~shack ! mansion, castle, skyscraper, tent, palace
hut, cabin, shack, shed, ~hovel ! mansion, palace, castle, skyscraper, tower
shack, hut, shed, shanty, ~cabin ! mansion, palace, castle, villa, skyscraper
shed, hut, outbuilding, ~shack ! house, garage, castle, greenhouse, mansion
mansion, manor, villa, estate, ~palace ! cottage, hut, shack, cabin, apartment
villa, mansion, manor, ~house ! hut, apartment, shack, castle, skyscraper
castle, fortress, citadel, ~palace, ~stronghold ! cottage, hut, skyscraper, church, tent
fortress, castle, citadel, stronghold, fort ! cottage, church, tent, hut, house
palace, castle, ~mansion, ~royal residence ! hut, shack, cottage, factory, prison
tower, spire, turret, ~steeple ! bridge, cottage, tunnel, hut, basement
skyscraper, high-rise, tower, ~tall building ! cottage, hut, house, barn, church
lighthouse, beacon, ~light tower ! windmill, castle, skyscraper, church, house
windmill, mill, ~wind turbine ! lighthouse, barn, church, castle, watermill
church, chapel, ~cathedral, ~abbey ! mosque, castle, house, temple, school
cathedral, church, basilica, ~minster ! castle, mosque, house, factory, skyscraper
chapel, church, shrine ! castle, mosque, house, school, factory
temple, shrine, sanctuary, ~pagoda ! church, castle, palace, house, skyscraper
shrine, temple, sanctuary, ~altar ! house, castle, church, factory, shop
mosque, ~masjid ! church, temple, castle, synagogue, house
pagoda, temple, ~shrine ! church, castle, skyscraper, house, pyramid
pyramid, ~ziggurat ! temple, castle, tower, sphere, skyscraper
monastery, abbey, cloister, ~convent ! castle, school, palace, factory, house
barn, stable, farm building, ~shed ! house, church, garage, castle, silo
stable, barn, stall ! house, garage, kennel, church, castle
greenhouse, conservatory, hothouse, glasshouse ! barn, house, shed, garage, garden
factory, plant, mill, ~works^ ! farm, house, school, church, office
warehouse, depot, storehouse, ~storeroom ! house, shop, office, factory, school
school, schoolhouse, academy, ~college ! hospital, office, prison, factory, church
university, college, ~academy ! school, hospital, factory, office, prison
hospital, clinic, infirmary, ~medical center ! school, hotel, prison, office, church
prison, jail, ~dungeon ! hotel, school, hospital, house, palace
hotel, inn, ~lodge, ~hostel ! house, hospital, school, office, restaurant
inn, tavern, hotel, ~lodge ! church, castle, house, school, shop
tavern, inn, pub, bar, ~alehouse ! church, castle, school, house, library
pub, bar, tavern, ~saloon ! church, cafe, library, school, shop
bar, pub, tavern, ~saloon ! cafe, church, library, restaurant, office
restaurant, diner, eatery, ~bistro, ~cafe ! shop, office, house, hotel, school
cafe, café, coffee shop, coffeehouse, ~bistro ! bar, restaurant, library, office, shop
diner, restaurant, eatery, ~cafe ! church, bar, shop, office, library
bakery, bakeshop, ~patisserie, ~pastry shop ! butcher shop, restaurant, library, bank, factory
shop, store, boutique, ~market ! house, restaurant, office, school, church
store, shop, ~market, ~supermarket ! house, restaurant, office, school, warehouse
supermarket, grocery store, ~store, ~market ! restaurant, library, farm, office, hospital
market, marketplace, bazaar, ~fair ! supermarket, office, library, park, factory
mall, shopping center, ~arcade ! park, library, market, office, street
office, ~workplace, ~study ! kitchen, bedroom, factory, home, classroom
bank, ~financial institution ! shop, church, restaurant, school, library
museum, gallery, ~exhibition hall ! library, theater, school, office, factory
gallery, museum, ~exhibition ! library, theater, office, shop, factory
library, ~reading room, ~study, ~archive ! classroom, gym, office, kitchen, museum
theater, theatre, playhouse, ~cinema ! library, church, stadium, museum, office
cinema, movie theater, ~theater ! library, museum, church, restaurant, stadium
stadium, arena, ~ballpark, ~sports ground ! park, theater, street, church, school
arena, stadium, ~ring, ~coliseum ! theater, park, church, street, office
gym, gymnasium, fitness center, ~health club ! library, classroom, office, kitchen, church
station, train station, depot, ~terminal ! airport, harbor, park, street, church
train station, railway station, railroad station, ~depot ! airport, harbor, bus stop, park, mall
airport, airfield, ~terminal ! train station, harbor, bus stop, highway, stadium
bus stop, ~bus station ! train station, airport, parking lot, crosswalk, taxi stand
gas station, petrol station, filling station ! parking lot, garage, restaurant, car wash, bus stop
apartment, flat, ~condo, ~unit ! house, office, castle, hotel, cabin
tent, marquee, ~canopy, ~shelter ! house, cabin, castle, hut, hotel
igloo, ~snow house ! hut, tent, house, castle, cabin
treehouse, tree house ! cabin, castle, house, tent, hut
birdhouse, nesting box ! nest, cage, doghouse, mailbox, bird feeder
tomb, grave, crypt, ~mausoleum ! house, temple, monument, church, garden
grave, tomb, gravestone, ~burial place ! garden, house, monument, bench, flower bed
monument, memorial, statue, ~landmark ! tree, fountain, house, ruin, bridge
bridge, span, overpass, ~viaduct, ~footbridge ! tunnel, road, river, dam, tower
dam, ~barrage, ~weir ! bridge, waterfall, river, canal, wall

city, metropolis, town, ~urban area ! village, countryside, forest, desert, farm
town, ~city, ~village, ~settlement ! countryside, forest, farm, desert
village, hamlet, small town, ~settlement, ~town ! city, metropolis, castle, forest, farm
hamlet, village, ~settlement ! city, metropolis, castle, forest, town
suburb, outskirts^, ~residential area ! downtown, countryside, city center, village, forest
downtown, city center, ~inner city ! suburb, countryside, village, park, forest
cityscape, skyline, ~city view, ~city ! landscape, seascape, countryside, interior, forest
kingdom, realm, ~empire, ~land ! village, republic, wasteland, city, wilderness
neighborhood, neighbourhood, district, quarter, ~area ! countryside, forest, downtown, field, village

@noun street
street, road, avenue, ~lane, ~boulevard ! river, path, beach, park, hallway
road, street, highway, ~roadway, ~lane ! river, path, railway, field, beach
highway, freeway, motorway, expressway, ~road ! path, river, alley, railway, street
avenue, boulevard, street, ~road ! alley, path, highway, river, park
alley, alleyway, lane, ~passage, ~backstreet ! avenue, highway, square, park, field
lane, path, alley, ~road, ~track ! highway, avenue, river, field, square
sidewalk, pavement, footpath, walkway, ~path ! road, street, lawn, beach, bridge
pavement, sidewalk, footpath, ~walkway ! road, lawn, beach, grass, gravel
walkway, path, footpath, ~sidewalk, ~promenade ! road, river, highway, railway, lawn
boardwalk, promenade, walkway ! road, beach, street, highway, forest
driveway, drive, ~carport ! lawn, garden, street, garage, sidewalk
crosswalk, zebra crossing, pedestrian crossing, ~crossing ! sidewalk, bridge, highway, parking lot, bike lane
intersection, crossroads^, junction, ~crossing ! straight road, roundabout, highway, alley, dead end
corner, angle, ~nook ! center, middle, edge, side, wall
square, plaza, piazza, ~courtyard ! street, alley, park, garden, beach
plaza, square, piazza, ~courtyard ! street, alley, park, garden, beach
parking lot, car park, ~parking area ! park, street, field, garage, playground
curb, kerb, ~edge ! sidewalk, road, lawn, gutter, wall
railway, railroad, train track, ~rails, ~line ! road, river, highway, path, canal
track, rail, ~railway, ~path ! road, river, street, sidewalk, field
platform, stage, ~dais ! track, floor, roof, pit, bench
runway, airstrip, ~landing strip ! road, river, hangar, field, harbor
fence, railing, barrier, ~palisade ! wall, hedge, gate, bench, tree
wall, ~partition, ~barrier ! fence, floor, window, ceiling, door
gate, gateway, entrance, ~door ! wall, fence, window, bridge, stairs
entrance, doorway, entry, ~gate ! exit, window, wall, roof, hallway
bench, seat, ~pew ! chair, table, sofa, stool, lamppost
lamppost, street lamp, streetlight, ~light pole ! tree, bench, mailbox, traffic light, statue
streetlight, street lamp, lamppost, ~lamp ! traffic light, candle, moon, tree, sign
traffic light, traffic signal, stoplight ! stop sign, street lamp, billboard, lamppost, tree
stop sign, ~traffic sign, ~road sign ! traffic light, billboard, street lamp, parking meter, mailbox
sign, signboard, ~notice, ~placard ! window, lamp, flag, painting, clock
billboard, hoarding, ~advertisement ! traffic light, window, statue, mural, tree
fire hydrant, hydrant, ~fireplug ! mailbox, parking meter, trash can, lamppost, bench
parking meter, meter ! fire hydrant, mailbox, traffic light, trash can, bench
mailbox, letter box, postbox ! trash can, fire hydrant, parking meter, bench, door
trash can, garbage can, dustbin, rubbish bin, ~bin ! mailbox, bench, vase, barrel, bucket
pole, post, ~mast ! wall, tree, wire, rope, bench
flag, banner, pennant, ~ensign ! balloon, sign, curtain, kite, umbrella
banner, flag, streamer, ~pennant ! curtain, sign, balloon, poster, lantern
graffiti*, street art*, ~wall writing* ! poster, bare wall, painting, sign, wallpaper
brick, ~masonry* ! wood, stone, glass, concrete, metal

@noun part of a house
roof, rooftop, ~housetop ! floor, basement, wall, door, ground
rooftop, roof, housetop ! basement, street, floor, ground, garden
ceiling, ~roof ! floor, wall, ground, door, window
floor, flooring*, ground ! ceiling, wall, roof, table, door
door, doorway, entrance, ~gate ! window, wall, curtain, roof
doorway, door, entrance, entry ! window, wall, hallway, staircase, roof
window, windowpane, ~pane, ~casement ! door, wall, mirror, curtain, picture
balcony, terrace, ~veranda, ~gallery ! basement, window, garden, roof, staircase
terrace, patio, balcony, ~deck ! basement, roof, garden, street, hallway
patio, terrace, courtyard, ~deck ! kitchen, lawn, balcony, garage, roof
porch, veranda, verandah, ~stoop ! balcony, garage, roof, garden, kitchen
deck, terrace, patio ! roof, lawn, basement, cabin, garden
courtyard, yard, patio, ~quad, ~square ! street, rooftop, interior, garden, field
staircase, stairs^, stairway, steps^, ~flight ! elevator, ramp, ladder, hallway, escalator
stairs^, staircase, steps^, stairway ! elevator, ramp, ladder, hallway, escalator
stair, step, ~staircase ! ramp, elevator, floor, ladder, door
step, stair, ~tread ! ramp, floor, ladder, wall, slope
ladder, stepladder, ~steps^ ! staircase, elevator, rope, ramp, slide
elevator, lift ! staircase, escalator, ladder, hallway, ramp
chimney, smokestack, ~flue ! window, door, tower, antenna, roof
fireplace, hearth, ~chimney, ~fireside ! stove, radiator, window, bookshelf, television
column, pillar, ~post ! wall, arch, beam, statue, tree
pillar, column, post, ~pylon ! wall, arch, roof, bench, staircase
arch, archway, ~vault ! column, wall, beam, door, tower
archway, arch, ~doorway, ~gateway ! wall, column, window, roof, tower
dome, cupola, ~vault ! spire, flat roof, tower, cube, arch
steeple, spire, ~tower ! dome, chimney, flat roof, arch, bell
canopy, awning, ~covering, ~treetops ! floor, ground, wall, open sky, roots
railing, handrail, banister, ~balustrade ! wall, fence, staircase, rope, bench
tile, ~flooring*, ~slab ! carpet, brick, wood, wallpaper, stone
wallpaper*, ~wall covering ! tiles, paint, bricks, curtain, carpet

@noun room < room
room, chamber, ~space, ~interior ! hallway, garden, street, balcony, house
chamber, room, hall ! corridor, garden, street, balcony, cave
kitchen, kitchenette, ~galley, ~cooking area ! bathroom, bedroom, living room, garage, office
bathroom, washroom, restroom, ~toilet ! kitchen, bedroom, living room, office, garage
bedroom, ~bedchamber, ~sleeping room ! kitchen, bathroom, living room, office, garage
living room, sitting room, lounge, parlor ! kitchen, bedroom, bathroom, office, garage
lounge, living room, sitting room, ~waiting room ! kitchen, bathroom, office, bedroom, garage
dining room, ~dining hall, ~eating area ! kitchen, bedroom, bathroom, living room, office
hallway, corridor, hall, passageway, ~passage ! bedroom, kitchen, street, staircase, room
corridor, hallway, passage, passageway ! room, street, staircase, kitchen, garden
hall, hallway, great hall, ~auditorium ! kitchen, bedroom, garden, cellar, street
basement, cellar, ~vault ! attic, roof, balcony, kitchen, tower
cellar, basement, ~vault ! attic, roof, tower, kitchen, balcony
attic, loft, garret ! basement, cellar, kitchen, garage, porch
garage, carport, ~parking garage ! kitchen, garden, basement, bedroom, barn
closet, wardrobe, cupboard ! kitchen, hallway, bathroom, drawer, shelf
nursery, playroom, ~children's room ! office, kitchen, classroom, bathroom, garage
classroom, schoolroom, ~lecture room ! office, kitchen, playground, bedroom, library
laboratory, lab, ~research lab ! kitchen, classroom, office, library, workshop
workshop, studio, ~workroom ! kitchen, office, classroom, bedroom, shop
studio, workshop, ~atelier ! outdoors, kitchen, office, street, classroom
study, office, ~den, ~library ! kitchen, bedroom, bathroom, garage, garden
dungeon, prison, ~cell, ~vault ! throne room, tower, garden, palace, ballroom
stage, platform, ~podium ! audience, backstage, street, floor, field
toilet, lavatory, ~bathroom, ~commode ! bathtub, sink, shower, bed, kitchen
interior, inside, ~room ! exterior, outside, landscape, facade, garden
exterior, outside, facade, ~outdoors^ ! interior, inside, room, basement, hallway
`;
