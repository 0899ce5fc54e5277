/** @file Second meanings; further places, animals and people: our own thesaurus. `thesaurus.ts` says how it is written. */

export const FURTHER_NOUNS = `
@noun machine
crane, hoist, derrick, ~lifting machine ! bulldozer, truck, forklift, excavator, tower
mouse, computer mouse, ~trackball ! keyboard, screen, printer, laptop, phone
forklift, ~lift truck ! crane, tractor, truck, cart, bulldozer
jeep, ~off-road vehicle, ~suv ! sedan, bus, truck, bicycle, tank
limousine, limo, ~luxury car ! taxi, bus, truck, bicycle, pickup truck
sports car, race car, ~roadster, ~coupe ! truck, van, bus, minivan, bicycle
convertible, ~cabriolet, ~roadster ! van, truck, bus, motorcycle, sedan
freighter, cargo ship, ~tanker ! sailboat, canoe, ferry, airplane, yacht
steamboat, steamer, steamship, ~paddle steamer ! sailboat, canoe, rowboat, train, yacht
barge, ~flatboat, ~lighter ! sailboat, canoe, yacht, truck, ferry
lifeboat, ~rescue boat, ~dinghy ! ship, yacht, raft, life jacket, helicopter
warship, battleship, ~destroyer, ~frigate ! sailboat, cruise ship, canoe, submarine, ferry
shipwreck, wreck, ~sunken ship ! yacht, reef, lighthouse, sailing ship, island
trailer, caravan, ~camper ! car, house, tent, truck, cabin
caravan, trailer, camper, ~mobile home ! house, tent, car, truck, cabin
turbine, ~windmill, ~generator ! engine, sail, waterwheel, tower, propeller
wind turbine, windmill, ~wind generator ! solar panel, chimney, lighthouse, power plant, tower
solar panel, ~photovoltaic panel ! wind turbine, chimney, roof tile, window, antenna
propeller, rotor, ~airscrew ! wheel, wing, sail, jet engine, oar
cockpit, ~flight deck ! cabin, driver's seat, hull, wing, cargo hold
windshield, windscreen ! wheel, door, hood, bumper, mirror
bumper, fender ! wheel, windshield, roof, door, engine
headlight, headlamp, ~light ! taillight, wheel, mirror, candle, windshield
saddle, ~seat ! bridle, stirrup, chair, blanket, saddlebag
parachute, ~chute ! balloon, kite, wings, glider, umbrella
glider, ~sailplane, ~hang glider ! jet, helicopter, balloon, kite, rocket
vacuum cleaner, vacuum, hoover ! broom, mop, dishwasher, fan, washing machine
blender, mixer, ~food processor ! toaster, kettle, oven, microwave, knife
printer, ~copier ! scanner, monitor, keyboard, typewriter, laptop
projector, ~beamer ! screen, television, camera, lamp, radio
remote, remote control, controller, ~clicker ! phone, keyboard, mouse, joystick, television
controller, game controller, gamepad, ~joystick ! keyboard, mouse, remote, phone, steering wheel
cash register, till ! scale, computer, wallet, safe, vending machine
vending machine, ~dispenser ! refrigerator, cash register, shelf, mailbox, atm
drill, ~borer ! hammer, saw, screwdriver, wrench, nail
pliers^, ~pincers^ ! hammer, scissors, screwdriver, wrench, saw
screw, bolt, ~fastener ! nail, hammer, rope, glue, button
lever, ~crowbar ! button, wheel, handle, rope, pulley
pump, ~water pump ! hose, well, faucet, tank, fan
pendulum, ~swinging weight ! spring, clock hand, wheel, weight, rope

@noun further place
bank, riverbank, riverside, ~shore ! river, bridge, mountain, street, island
casino, ~gambling house ! church, library, theater, office, restaurant
nightclub, club, disco, ~dance hall ! library, church, cafe, office, park
motel, inn, ~hotel ! house, castle, tent, hospital, office
hostel, ~inn, ~lodging house ! hotel, house, tent, castle, office
bookstore, bookshop, ~bookstall ! library, cafe, bakery, supermarket, office
pharmacy, drugstore, ~chemist ! bakery, bookstore, restaurant, supermarket, bank
salon, barbershop, ~hairdresser ! restaurant, office, bakery, gym, library
cafeteria, canteen, ~dining hall ! restaurant, classroom, kitchen, office, library
courtroom, court, ~courthouse ! classroom, church, prison, office, theater
courthouse, court, ~hall of justice ! prison, church, school, library, hospital
embassy, consulate ! hotel, museum, palace, school, prison
observatory, ~planetarium ! lighthouse, museum, church, laboratory, theater
zoo, zoological garden, ~menagerie ! farm, forest, aquarium, park, jungle
circus, big top, ~carnival ! theater, zoo, concert, fairground, stadium
amusement park, theme park, funfair, ~fairground ! park, playground, beach, museum, zoo
fairground, ~amusement park, ~carnival ! park, playground, beach, street, market
carousel, merry-go-round ! roller coaster, ferris wheel, swing, slide, fountain
roller coaster, ~ride ! carousel, ferris wheel, slide, train, swing
ferris wheel, big wheel ! roller coaster, carousel, windmill, tower, swing
ballroom, dance hall ! kitchen, bedroom, office, garage, dungeon
throne room, ~royal hall ! dungeon, kitchen, bedroom, cellar, garden
lobby, foyer, entrance hall, ~reception ! bedroom, kitchen, balcony, rooftop, basement
foyer, lobby, entrance hall, ~vestibule ! bedroom, kitchen, balcony, garage, attic
pavilion, gazebo, ~summerhouse ! tent, barn, house, tower, greenhouse
gazebo, pavilion, ~summerhouse ! shed, tent, greenhouse, house, fountain
synagogue, ~temple ! church, mosque, palace, school, castle
cloister, ~monastery, ~arcade ! market, castle, street, garden, palace
aqueduct, ~viaduct ! bridge, canal, tunnel, road, wall
moat, ditch, ~trench ! wall, bridge, river, garden, tower
battlement, rampart, parapet ! gate, moat, roof, tower, bridge
drawbridge, ~bridge ! gate, moat, tunnel, wall, staircase
arcade, gallery, colonnade ! street, wall, courtyard, garden, tunnel
penthouse, ~apartment ! basement, cottage, hut, cabin, cellar
shipyard, dockyard ! airport, factory, beach, marina, warehouse
hangar, ~shed ! runway, garage, barn, warehouse, tower
sawmill, mill ! factory, barn, farm, quarry, forest
mine, pit, ~quarry, ~shaft ! tower, field, factory, forest, mountain
quarry, pit, ~mine ! field, forest, lake, mountain, factory
dump, landfill, junkyard, ~scrapyard ! park, garden, museum, beach, warehouse
junkyard, scrapyard, ~dump ! garden, park, showroom, garage, museum
construction site, building site ! park, ruin, finished building, garden, parking lot
sewer, drain, ~gutter ! river, tunnel, street, fountain, canal
bus station, terminal, depot ! airport, train station, harbor, parking lot, mall
aisle, walkway, passage ! shelf, wall, stage, altar, window
altar, shrine, ~communion table ! throne, bench, pulpit, fountain, stage
pew, bench ! altar, chair, throne, sofa, stool
auditorium, theater, ~concert hall ! classroom, stadium, office, gym, street
dormitory, dorm, ~hall of residence ! classroom, apartment, hotel, office, library
cell, prison cell, ~dungeon ! bedroom, office, hallway, garden, cage
peninsula, headland, cape, ~promontory ! island, bay, lake, mountain, valley
continent, landmass, ~mainland ! island, ocean, country, city, lake
archipelago, island chain, ~islands ! continent, mountain range, lake, desert, coast
delta, estuary, ~river mouth ! mountain, desert, spring, lake, waterfall
fjord, inlet, ~bay ! desert, plain, beach, lake, canyon
geyser, hot spring ! waterfall, volcano, fountain, glacier, lake
hot spring, thermal spring, ~geyser ! glacier, waterfall, river, snowfield, lake
spring, well, ~fountain ! lake, waterfall, desert, river, ocean
rapids^, white water*, ~whitewater* ! lake, pond, canal, calm water, waterfall
mountain range, mountains, ~sierra ! plain, valley, coast, desert, ocean
mountainside, slope, ~hillside ! valley, plain, beach, lakeshore, summit
slope, incline, hillside, ~bank ! plain, valley, flat ground, summit, wall
ledge, shelf, ~ridge ! slope, cliff, wall, floor, peak
ravine, gorge, canyon, gully ! hill, plain, mountain, plateau, meadow
clearing, glade, ~opening ! thicket, forest, swamp, field, cave
glade, clearing ! thicket, swamp, desert, cave, street
thicket, brush*, undergrowth*, ~bushes ! clearing, meadow, desert, beach, field
undergrowth*, brush*, thicket, ~underbrush* ! canopy, clearing, meadow, sand, road
treetop, canopy, ~crown ! root, trunk, ground, bush, underbrush
stump, tree stump, ~trunk ! branch, bush, sapling, rock, log
bark*, ~rind ! leaf, root, branch, moss, stone
snowfield, ~snowy plain, ~ice field ! meadow, desert, beach, forest, lake
snowdrift, drift, ~snowbank ! puddle, dune, haystack, rock, pond
icicle, ~ice spike ! raindrop, stalactite, snowflake, candle, branch
mirage, illusion, ~hallucination ! oasis, lake, city, mountain, reflection
abyss, chasm, void, ~gulf ! mountain, plain, sky, hill, tower
void, emptiness*, vacuum, ~abyss ! crowd, fullness, city, forest, object
heaven, paradise, ~sky ! hell, earth, underworld, ground, purgatory
hell, inferno, underworld, ~hades ! heaven, paradise, earth, garden, sky
underworld, netherworld, ~hell ! heaven, sky, paradise, surface, city
paradise, heaven, eden, ~utopia ! hell, wasteland, prison, desert, slum
wonderland, fairyland, ~paradise ! wasteland, reality, desert, city, prison
slum, shantytown, ~ghetto area ! mansion, suburb, palace, park, downtown
country, nation, land*, ~state ! city, village, continent, house, island
capital, ~capital city, ~metropolis ! village, suburb, countryside, hamlet, province
crossing, crosswalk, ~intersection ! bridge, tunnel, sidewalk, highway, parking lot
overpass, flyover, ~bridge ! tunnel, underpass, crossroads, street, railway
underpass, tunnel, subway ! overpass, bridge, street, tower, crosswalk
bike lane, bicycle path, cycle path ! road, sidewalk, highway, railway, river
roadside, wayside, ~shoulder ! riverside, middle of the road, forest, driveway, bridge
seabed, ocean floor, sea floor, ~bottom of the sea ! sea surface, beach, sky, mountain, cliff
depths^, deep, ~bottom ! surface, shallows, heights, sky, top

@noun further animal < animal, creature
antelope, gazelle, ~impala ! lion, zebra, elephant, horse, buffalo
gazelle, antelope ! lion, cheetah, zebra, elephant, buffalo
reindeer, caribou, ~elk ! horse, polar bear, cow, wolf, moose
elk, ~moose, ~deer, ~wapiti ! bear, wolf, cow, horse, bison
moose, ~elk ! bear, cow, horse, wolf, bison
cheetah, ~leopard, ~big cat ! lion, gazelle, zebra, elephant, hyena
jaguar, ~leopard, ~panther, ~big cat ! lion, tiger, wolf, monkey, crocodile
panther, leopard, ~jaguar, ~black leopard ! lion, tiger, wolf, bear, deer
hyena, ~jackal ! lion, zebra, wolf, dog, vulture
badger, ~skunk ! fox, raccoon, otter, rabbit, squirrel
beaver, ~groundhog ! otter, squirrel, rabbit, rat, duck
hamster, ~gerbil, ~guinea pig, ~rodent ! mouse, rabbit, cat, parrot, goldfish
guinea pig, cavy, ~hamster ! rabbit, mouse, cat, hedgehog, parrot
ferret, ~weasel, ~polecat ! cat, rabbit, rat, squirrel, hamster
sloth, ~three-toed sloth ! monkey, koala, bear, cheetah, lemur
lemur, ~primate ! monkey, squirrel, raccoon, koala, cat
chimpanzee, chimp, ape, ~monkey ! gorilla, lion, elephant, human, bear
orangutan, ~ape, ~great ape ! gorilla, monkey, tiger, human, bear
alpaca, llama ! sheep, goat, camel, horse, cow
llama, alpaca ! camel, sheep, horse, goat, donkey
walrus, ~seal ! penguin, whale, polar bear, dolphin, otter
narwhal, ~whale ! dolphin, shark, unicorn, seal, octopus
orca, killer whale, ~whale ! shark, dolphin, seal, penguin, octopus
eel, ~moray ! fish, snake, octopus, shark, crab
salmon, ~trout, ~fish ! shark, crab, tuna, bear, cod
koi, carp, ~goldfish ! shark, frog, turtle, duck, swan
oyster, mussel, clam, ~shellfish ! crab, lobster, fish, shrimp, starfish
chameleon, ~lizard, ~iguana ! frog, snake, turtle, parrot, gecko
salamander, newt, ~amphibian ! frog, lizard, snake, turtle, fish
scorpion, ~arachnid ! spider, crab, snake, beetle, ant
mosquito, gnat, ~midge ! butterfly, bee, fly, spider, dragonfly
wasp, hornet, ~yellow jacket ! butterfly, bee, ant, dragonfly, beetle
grasshopper, cricket, locust ! butterfly, ant, bee, beetle, frog
mantis, praying mantis ! grasshopper, butterfly, spider, beetle, bee
poodle, ~dog ! bulldog, cat, dachshund, husky, labrador
bulldog, ~dog, ~mastiff ! poodle, cat, greyhound, chihuahua, husky
terrier, ~dog ! poodle, cat, husky, labrador, bulldog
labrador, ~retriever, ~dog ! poodle, cat, husky, bulldog, chihuahua
golden retriever, ~retriever, ~dog ! poodle, cat, husky, bulldog, chihuahua
husky, ~sled dog, ~dog ! poodle, cat, bulldog, labrador, chihuahua
corgi, ~dog ! cat, poodle, husky, labrador, rabbit
greyhound, ~whippet, ~dog ! bulldog, cat, poodle, horse, dachshund
finch, sparrow, ~goldfinch, ~songbird ! crow, owl, eagle, pigeon, parrot
canary, ~finch, ~songbird ! crow, parrot, eagle, owl, sparrow
swallow, martin, ~swift ! crow, eagle, owl, pigeon, seagull
kingfisher ! heron, duck, sparrow, owl, eagle
toucan, ~hornbill ! parrot, crow, flamingo, owl, eagle
falcon, hawk, ~kestrel, ~raptor ! pigeon, owl, dove, crow, parrot
pheasant, partridge, ~grouse ! duck, peacock, turkey, pigeon, chicken
quail, partridge ! duck, chicken, pigeon, turkey, owl
griffin, gryphon, ~chimera ! dragon, unicorn, lion, phoenix, horse
pegasus, winged horse ! unicorn, dragon, horse, griffin, eagle
centaur, ~horseman ! minotaur, horse, knight, unicorn, elf
minotaur, ~bull-man ! centaur, knight, dragon, lion, giant
kraken, sea monster, ~giant squid ! whale, dragon, ship, shark, mermaid
yeti, bigfoot, ~abominable snowman ! polar bear, human, snowman, gorilla, giant
gargoyle, ~grotesque ! angel, statue of a saint, dragon, pigeon, demon
reaper, grim reaper, ~death ! angel, knight, wizard, king, farmer
mummy, ~undead ! zombie, pharaoh, skeleton, vampire, human

@noun further person < person
assassin, killer, ~hitman ! guard, victim, king, monk, healer
bandit, outlaw, robber, ~thief ! sheriff, knight, merchant, guard, priest
outlaw, bandit, ~criminal ! sheriff, judge, police officer, hero, priest
sheriff, marshal, ~lawman ! outlaw, cowboy, bandit, judge, farmer
criminal, crook, felon, ~thief ! police officer, judge, victim, detective, guard
prisoner, inmate, captive, convict ! guard, judge, free man, king, visitor
victim, ~casualty ! criminal, hero, villain, attacker, rescuer
coach, trainer, ~instructor ! player, referee, athlete, fan, opponent
referee, umpire, ~official ! player, coach, fan, goalkeeper, spectator
umpire, referee ! player, batter, catcher, coach, fan
batter, hitter, batsman ! pitcher, catcher, umpire, runner, fan
pitcher, ~hurler ! batter, catcher, umpire, outfielder, fan
catcher, ~backstop ! batter, pitcher, umpire, outfielder, fan
goalkeeper, goalie, keeper ! striker, referee, defender, coach, fan
gymnast, acrobat, ~tumbler ! runner, dancer, swimmer, boxer, weightlifter
acrobat, tumbler, ~gymnast ! clown, juggler, dancer, magician, strongman
juggler ! clown, acrobat, magician, dancer, musician
mime, ~pantomimist ! clown, singer, juggler, actor, dancer
comedian, comic, ~joker ! actor, singer, magician, politician, audience
jester, fool, clown, ~joker ! king, knight, queen, priest, soldier
bard, minstrel, poet, ~troubadour ! warrior, king, knight, wizard, monk
gladiator, fighter, ~warrior ! emperor, spectator, monk, slave, senator
emissary, envoy, messenger, ~ambassador ! king, soldier, spy, merchant, peasant
messenger, courier, herald ! king, soldier, merchant, guard, receiver
mailman, postman, mail carrier ! policeman, milkman, fireman, salesman, driver
plumber, ~pipefitter ! electrician, carpenter, mechanic, painter, doctor
electrician, ~lineman ! plumber, carpenter, mechanic, painter, doctor
tailor, dressmaker, seamstress ! shoemaker, carpenter, butcher, baker, model
seamstress, dressmaker, ~tailor ! carpenter, baker, nurse, maid, cook
shoemaker, cobbler ! tailor, blacksmith, baker, carpenter, butcher
potter, ~ceramist ! blacksmith, painter, weaver, carpenter, sculptor
weaver ! potter, spinner, blacksmith, tailor, carpenter
miner, ~digger, ~pitman ! farmer, sailor, logger, astronaut, banker
lumberjack, logger, woodcutter ! miner, farmer, carpenter, fisherman, hunter
beekeeper, apiarist ! farmer, gardener, florist, shepherd, baker
florist, ~flower seller ! baker, butcher, gardener, grocer, tailor
barber, hairdresser, ~stylist ! butcher, customer, tailor, dentist, chef
hairdresser, stylist, barber ! customer, dentist, tailor, chef, model
dentist, ~orthodontist ! patient, surgeon, barber, nurse, optician
surgeon, doctor, ~operating doctor ! patient, nurse, butcher, lawyer, dentist
veterinarian, vet, animal doctor ! dentist, farmer, nurse, pet owner, zookeeper
librarian, ~bookkeeper ! teacher, reader, student, cashier, waiter
cashier, checker, ~clerk ! customer, waiter, chef, guard, manager
clerk, ~office worker, ~cashier ! customer, boss, soldier, farmer, guard
secretary, assistant, ~clerk ! boss, client, manager, soldier, customer
manager, boss, director, ~executive ! worker, employee, customer, assistant, clerk
boss, manager, chief, ~employer ! worker, employee, servant, secretary, customer
butler, manservant, servant, ~valet ! maid, master, guest, chef, king
maid, housemaid, servant, ~housekeeper ! butler, queen, guest, mistress of the house, cook
nanny, babysitter, ~caregiver ! child, mother, teacher, nurse, maid
scholar, academic, ~professor, ~learned man ! warrior, student, farmer, athlete, merchant
philosopher, thinker, sage ! warrior, scientist, king, fool, farmer
inventor, ~creator, ~engineer ! artist, farmer, soldier, musician, salesman
chemist, scientist, ~pharmacist ! artist, wizard, farmer, soldier, baker
alchemist, ~wizard, ~chemist ! knight, monk, king, blacksmith, merchant
druid, ~priest, ~shaman ! knight, bishop, king, warrior, merchant
shaman, medicine man, ~healer ! warrior, priest, scientist, king, hunter
priestess, ~nun, ~oracle ! priest, queen, warrior, witch, dancer
oracle, prophet, seer ! king, warrior, fool, merchant, soldier
healer, ~medic, ~cleric ! warrior, assassin, patient, thief, king
ranger, ~forester, ~woodsman ! knight, city dweller, poacher, wizard, pirate
mercenary, ~soldier of fortune, ~soldier ! knight, monk, peasant, king, civilian
general, commander, ~officer ! private, civilian, king, sailor, peasant
commander, general, leader, ~officer ! soldier, civilian, prisoner, recruit, peasant
duchess, noblewoman, ~lady ! peasant, duke, queen, maid, nun
nobleman, lord, aristocrat, ~noble ! peasant, beggar, servant, merchant, king
lord, nobleman, master, ~ruler ! peasant, servant, lady, beggar, slave
pharaoh, ~king, ~ruler ! slave, queen, priest, soldier, mummy
beggar, pauper, ~homeless person ! king, rich man, merchant, noble, banker
hermit, recluse, ~monk ! crowd, king, city dweller, family, merchant
pilgrim, traveler, ~wayfarer ! monk, soldier, merchant, king, villager
refugee, ~exile, ~migrant ! citizen, tourist, soldier, king, resident
orphan, ~waif ! parent, prince, family, adult, rich child
widow, ~dowager ! bride, wife, widower, girl, mother
bachelor, single man ! husband, groom, father, couple, widow
grandparent, ~grandmother, ~grandfather ! grandchild, child, parent, teenager, baby
uncle, ~relative ! aunt, nephew, father, cousin, stranger
aunt, auntie, ~relative ! uncle, niece, mother, cousin, stranger
cousin, relative ! stranger, brother, sister, friend, neighbor
schoolgirl, girl, ~student ! schoolboy, teacher, woman, grandmother, boy
schoolboy, boy, ~student ! schoolgirl, teacher, man, grandfather, girl
hipster, ~bohemian ! businessman, farmer, soldier, monk, punk
punk, ~rocker ! businessman, monk, hippie, soldier, nerd
diva, star, ~prima donna ! extra, fan, servant, audience, nobody
celebrity, star, ~famous person ! fan, unknown person, audience, commoner, paparazzo
sentinel, guard, sentry, watchman ! intruder, visitor, thief, king, prisoner
lifeguard, ~rescuer ! swimmer, surfer, sunbather, diver, tourist
sunbather, ~beachgoer ! swimmer, surfer, lifeguard, hiker, skier
camper, ~hiker ! hotel guest, driver, sailor, city dweller, cyclist
bystander, onlooker, ~passerby ! participant, victim, performer, hero, driver
procession, parade, march ! crowd, queue, gathering, race, traffic jam
tribe, clan, ~people^ ! individual, army, family, city, nation
trio, threesome, ~three ! duo, solo, quartet, crowd, pair
duo, pair, couple ! trio, solo, group, crowd, quartet

@noun further body
elbow ! knee, wrist, shoulder, ankle, heel
wrist ! ankle, elbow, finger, neck, knee
ankle ! wrist, knee, neck, elbow, hip
toe ! finger, heel, ankle, nose, ear
thumb, ~finger ! toe, palm, wrist, nose, fist
fist, clenched hand ! open hand, palm, foot, elbow, finger
palm, hand ! fist, sole, back of the hand, elbow, finger
forehead, brow ! chin, cheek, nose, back of the head, neck
eyebrow, brow ! eyelash, mustache, lip, nose, beard
eyelash, lash ! eyebrow, lip, beard, nose, hair
stomach, belly, abdomen, tummy ! back, chest, head, leg, shoulder
belly, stomach, abdomen, tummy ! back, chest, head, leg, shoulder
waist, ~middle ! neck, ankle, shoulder, hip, knee
hip ! shoulder, waist, knee, ankle, elbow
rib, ~rib bone ! spine, arm, leg, skull, hip
freckle, spot ! wrinkle, scar, dimple, tattoo, smooth skin
curl, ringlet, lock ! braid, straight hair, bun, ponytail, bald head
bun, topknot, chignon ! ponytail, braid, loose hair, curls, short hair
bangs^, fringe ! bare forehead, ponytail, braid, bun, beard
hairstyle, haircut, hairdo ! hat, bald head, wig, beard, helmet
makeup*, cosmetics^, ~face paint* ! bare face, mask, mud, beard, veil
lipstick*, ~lip color ! eyeliner, bare lips, nail polish, lip balm, blush
fang, ~tooth, ~canine ! claw, horn, tongue, tusk, tail
tentacle, arm, ~feeler ! fin, wing, leg, claw, tail
whisker, ~bristle ! feather, tail, fur, horn, ear
crest, ~plume, ~comb ! tail, beak, wing, claw, horn
shell, carapace, ~armor ! fur, skin, feathers, scales, flesh
cocoon, chrysalis ! butterfly, egg, nest, web, leaf
`;
