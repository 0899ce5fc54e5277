/** @file People, their parts, garments, groups and doings: our own thesaurus. `thesaurus.ts` says how it is written. */

export const PEOPLE_NOUNS = `
@noun person < person
man, guy, gentleman, fellow, ~male, ~person ! woman, girl, boy, child, lady
woman, lady, female, ~girl, ~person ! man, boy, child, gentleman
boy, lad, youngster, ~kid, ~child ! girl, man, woman, lady, old man
girl, young lady, lass, ~kid, ~child, ~young woman ! boy, woman, man, lady, old woman
child, kid, youngster, ~boy, ~girl, ~tot ! adult, man, woman, old man, teenager
kid, child, youngster, ~boy, ~girl ! adult, man, woman, grandparent, old man
baby, infant, newborn, ~toddler, ~child ! adult, man, woman, boy, puppy
toddler, tot, infant, ~baby, ~child ! adult, teenager, man, woman, old man
teenager, teen, adolescent, youth, ~young person ! child, adult, baby, old man, toddler
adult, grown-up, ~man, ~woman, ~person ! child, baby, kid, teenager, toddler
person, individual, human, ~man, ~woman, ~figure ! animal, robot, dog, statue, mannequin
people^, persons, humans, folk^, ~crowd ! animals, robots, dogs, statues, birds
human, person, human being, ~individual ! animal, robot, alien, monster, machine
lady, woman, gentlewoman, ~female ! man, gentleman, girl, boy, child
gentleman, man, ~sir, ~fellow ! lady, woman, boy, child, girl
old man, elderly man, ~grandfather, ~elder ! boy, young man, old woman, baby, girl
old woman, elderly woman, ~grandmother ! girl, young woman, old man, baby, boy
elder, old man, ~senior, ~patriarch ! child, youth, baby, boy, teenager
figure, person, form, ~shape, ~silhouette ! object, animal, building, tree, background
character, figure, person, ~persona ! object, animal, landscape, building, background
hero, champion, protagonist, ~superhero ! villain, coward, monster, victim, bystander
superhero, hero, ~caped hero ! villain, supervillain, monster, civilian, robot
villain, bad guy, scoundrel, ~supervillain, ~criminal ! hero, superhero, knight, angel, child
friend, companion, buddy, pal, ~mate ! enemy, stranger, rival, foe, loner
stranger, ~unknown person, ~outsider ! friend, companion, neighbor, relative, family
couple, pair, ~lovers, ~partners ! family, group, single person, crowd, individual
lover, sweetheart, ~partner, ~couple ! stranger, enemy, friend, loner, sibling
twin, ~double, ~sibling ! stranger, single child, rival, parent, triplet
bride, ~newlywed ! groom, bridesmaid, widow, nun, businesswoman
groom, bridegroom, ~newlywed ! bride, best man, priest, bachelor, soldier
mother, mom, mum, ~parent, ~mama ! father, daughter, son, child, grandmother
father, dad, ~parent, ~papa ! mother, son, daughter, child, grandfather
parent, ~mother, ~father, ~guardian ! child, baby, orphan, stranger, teenager
son, boy, ~child ! daughter, father, mother, nephew, girl
daughter, girl, ~child ! son, mother, father, niece, boy
brother, sibling, ~bro ! sister, father, cousin, stranger, mother
sister, sibling, ~sis ! brother, mother, cousin, stranger, father
husband, spouse, ~man, ~partner ! wife, bachelor, son, stranger, father
wife, spouse, ~woman, ~partner ! husband, daughter, stranger, mother, sister
grandmother, grandma, granny, ~old woman ! grandfather, grandchild, girl, young woman, mother
grandfather, grandpa, granddad, ~old man ! grandmother, grandchild, boy, young man, father
family, household, ~relatives, ~kin^ ! stranger, loner, individual, friends, colleagues

king, monarch, ruler, sovereign, ~emperor ! queen, peasant, prince, beggar, soldier
queen, monarch, ruler, ~empress, ~sovereign ! king, princess, peasant, servant, beggar
prince, ~young royal, ~heir ! princess, king, peasant, beggar, frog
princess, ~young royal, ~royal lady ! prince, queen, witch, peasant, servant
emperor, ruler, monarch, ~king ! empress, peasant, slave, soldier, beggar
knight, warrior, cavalier, ~horseman, ~paladin ! peasant, dragon, wizard, king, archer
warrior, fighter, soldier, ~combatant, ~knight ! peasant, monk, wizard, healer, civilian
soldier, trooper, warrior, ~infantryman, ~fighter ! civilian, sailor, police officer, child, farmer
samurai, ~warrior, ~swordsman, ~ronin ! ninja, knight, monk, peasant, cowboy
ninja, ~assassin, ~shinobi ! samurai, knight, monk, pirate, cowboy
archer, bowman, ~marksman ! swordsman, knight, wizard, rider, gunman
viking, norseman, ~norse warrior ! samurai, pirate, roman, knight, monk
pirate, buccaneer, corsair, ~sea robber ! sailor, captain, knight, merchant, soldier
sailor, seaman, mariner, ~seafarer ! soldier, pilot, pirate, farmer, fisherman
captain, skipper, ~commander, ~officer ! sailor, passenger, pilot, cook, pirate
pilot, aviator, flyer, ~airman ! driver, sailor, passenger, captain, astronaut
astronaut, spaceman, cosmonaut, ~space traveler ! diver, pilot, alien, cowboy, farmer
diver, scuba diver, ~swimmer ! astronaut, climber, surfer, runner, pilot
cowboy, cowhand, rancher, ~wrangler, ~horseman ! farmer, knight, sheriff, astronaut, sailor
farmer, ~grower, ~peasant, ~rancher ! fisherman, businessman, soldier, gardener, doctor
peasant, ~farmer, ~villager, ~countryman ! king, knight, nobleman, merchant, soldier
fisherman, fisher, angler ! farmer, hunter, sailor, cook, swimmer
hunter, huntsman, ~trapper, ~stalker ! fisherman, farmer, prey, deer, hiker
shepherd, herder, herdsman, ~sheepherder ! farmer, wolf, hunter, fisherman, king
gardener, ~groundskeeper, ~landscaper, ~horticulturist ! farmer, chef, painter, soldier, mechanic
chef, cook, ~baker, ~culinary artist ! waiter, doctor, gardener, customer, farmer
cook, chef, ~kitchen worker ! waiter, doctor, farmer, customer, gardener
baker, ~pastry chef, ~confectioner ! butcher, chef, farmer, waiter, carpenter
butcher, ~meat cutter ! baker, chef, farmer, surgeon, florist
waiter, server, steward, ~waitress ! chef, customer, cook, cashier, bartender
waitress, server, ~waiter ! chef, customer, cook, cashier, nurse
bartender, barkeeper, barman, ~barista ! waiter, customer, chef, cashier, musician
doctor, physician, medic, ~surgeon ! patient, nurse, teacher, lawyer, soldier
nurse, ~medic, ~caregiver ! doctor, patient, teacher, waitress, police officer
patient, sufferer, ~invalid ! doctor, nurse, visitor, surgeon, athlete
scientist, researcher, ~scholar, ~chemist ! artist, athlete, farmer, wizard, student
teacher, instructor, tutor, educator, ~schoolteacher ! student, pupil, doctor, principal, child
student, pupil, schoolchild, ~learner ! teacher, professor, worker, parent, soldier
professor, teacher, academic, ~scholar, ~lecturer ! student, pupil, worker, soldier, child
police officer, policeman, cop, ~officer, ~constable ! firefighter, thief, criminal, soldier, civilian
policeman, police officer, cop, ~constable ! firefighter, thief, criminal, soldier, postman
officer, ~official, ~policeman ! civilian, thief, soldier, prisoner, sailor
firefighter, fireman, ~fire fighter ! police officer, doctor, soldier, chef, arsonist
fireman, firefighter, ~fire fighter ! policeman, doctor, soldier, mailman, cook
guard, sentry, watchman, ~guardian, ~sentinel ! thief, prisoner, intruder, visitor, king
thief, robber, burglar, ~bandit ! policeman, guard, king, judge, merchant
detective, investigator, sleuth, ~inspector ! criminal, thief, police officer, victim, spy
spy, secret agent, ~agent ! soldier, detective, police officer, tourist, king
lawyer, attorney, ~barrister, ~counsel ! doctor, judge, criminal, teacher, farmer
judge, magistrate, ~justice ! lawyer, criminal, police officer, witness, jury
businessman, executive, ~entrepreneur, ~office worker ! farmer, worker, athlete, student, beggar
businesswoman, executive, ~entrepreneur ! housewife, nurse, farmer, athlete, student
worker, laborer, workman, ~employee ! boss, manager, businessman, tourist, student
mechanic, repairman, ~technician, ~engineer ! driver, doctor, carpenter, chef, farmer
engineer, ~technician, ~mechanic ! artist, doctor, farmer, driver, lawyer
carpenter, woodworker, ~joiner, ~builder ! blacksmith, painter, plumber, mason, farmer
blacksmith, smith, ~metalworker ! carpenter, baker, farmer, knight, tailor
builder, construction worker, ~workman ! architect, farmer, painter, demolisher, office worker
merchant, trader, seller, ~shopkeeper, ~vendor ! customer, thief, king, farmer, beggar
vendor, seller, peddler, merchant, ~trader ! customer, buyer, waiter, thief, tourist
customer, shopper, client, buyer, ~patron ! vendor, waiter, cashier, seller, chef
shopkeeper, storekeeper, merchant, ~vendor ! customer, thief, waiter, farmer, tourist
artist, painter, ~creator, ~illustrator ! scientist, musician, critic, model, athlete
painter, artist, ~illustrator ! sculptor, musician, photographer, writer, model
sculptor, artist, ~carver ! painter, musician, photographer, writer, model
photographer, cameraman, ~lensman ! painter, model, musician, writer, reporter
model, ~mannequin, ~poser ! photographer, painter, statue, athlete, audience
musician, performer, ~instrumentalist, ~player ! painter, dancer, audience, athlete, conductor
singer, vocalist, ~performer ! dancer, guitarist, drummer, listener, actor
guitarist, guitar player, ~musician ! drummer, singer, violinist, pianist, dancer
pianist, piano player, ~musician ! violinist, guitarist, drummer, singer, dancer
violinist, fiddler, ~musician ! pianist, drummer, guitarist, singer, dancer
drummer, percussionist, ~musician ! guitarist, singer, pianist, violinist, dancer
dancer, ~ballerina, ~performer ! singer, musician, athlete, spectator, actor
ballerina, ballet dancer, dancer ! singer, gymnast, boxer, musician, skater
actor, performer, ~player, ~thespian ! director, audience, singer, dancer, writer
actress, performer, ~actor ! director, audience, singer, dancer, nurse
clown, jester, ~comedian, ~buffoon ! magician, king, acrobat, soldier, mime
magician, conjurer, illusionist, ~wizard ! clown, acrobat, knight, priest, audience
writer, author, ~novelist, ~poet ! reader, painter, musician, actor, editor
poet, ~writer, ~bard ! painter, musician, reader, scientist, soldier
reader, ~bookworm ! writer, listener, runner, painter, speaker
reporter, journalist, ~newsman ! photographer, actor, writer, politician, viewer
priest, clergyman, minister, ~pastor, ~cleric ! nun, monk, demon, soldier, king
monk, friar, ~brother, ~ascetic ! nun, priest, warrior, king, soldier
nun, sister, ~religious woman ! monk, priest, bride, queen, nurse
pope, ~pontiff ! king, monk, bishop, president, soldier
traveler, traveller, wanderer, voyager, wayfarer, ~tourist ! villager, farmer, shepherd, local, soldier
wanderer, traveler, nomad, rover, ~drifter ! villager, settler, king, farmer, homebody
tourist, traveler, visitor, sightseer, ~holidaymaker ! local, resident, guide, worker, soldier
visitor, guest, ~caller, ~tourist ! host, resident, owner, local, guard
guest, visitor, ~attendee ! host, stranger, owner, waiter, resident
explorer, adventurer, ~traveler, ~discoverer ! tourist, villager, king, farmer, office worker
adventurer, explorer, ~hero, ~traveler ! villager, farmer, office worker, tourist, king
hiker, walker, trekker, backpacker, ~rambler ! cyclist, runner, skier, swimmer, driver
climber, mountaineer, ~alpinist ! hiker, swimmer, skier, diver, cyclist
runner, jogger, sprinter, ~racer ! walker, cyclist, swimmer, skater, spectator
jogger, runner ! walker, cyclist, skater, swimmer, dog
cyclist, biker, bicyclist, ~bike rider ! pedestrian, driver, runner, motorcyclist, skater
biker, motorcyclist, ~rider, ~cyclist ! pedestrian, driver, skater, runner, horseman
motorcyclist, biker, ~rider ! cyclist, driver, pedestrian, horseman, skater
rider, horseman, ~equestrian, ~jockey ! pedestrian, walker, driver, cyclist, runner
driver, motorist, ~chauffeur ! passenger, pedestrian, cyclist, pilot, mechanic
passenger, traveler, rider, ~commuter ! driver, pilot, pedestrian, conductor, crew
commuter, passenger, traveler, ~rider ! tourist, driver, pedestrian, resident, conductor
pedestrian, walker, ~passerby ! driver, cyclist, motorist, biker, passenger
passerby, pedestrian, ~bystander, ~walker ! driver, cyclist, resident, performer, passenger
surfer, ~wave rider, ~boarder ! swimmer, skier, diver, sailor, skateboarder
swimmer, ~bather ! runner, surfer, diver, cyclist, sunbather
skier, ~snowboarder ! surfer, skater, hiker, cyclist, sledder
snowboarder, ~skier ! surfer, skateboarder, skater, hiker, cyclist
skateboarder, skater, ~boarder ! cyclist, surfer, pedestrian, runner, snowboarder
skater, ice skater, ~skateboarder ! skier, runner, cyclist, dancer, pedestrian
athlete, sportsman, ~player, ~competitor ! spectator, coach, musician, scholar, patient
player, ~athlete, ~sportsman ! spectator, coach, referee, fan, umpire
boxer, fighter, ~pugilist ! dancer, referee, runner, wrestler, swimmer
fan, supporter, ~admirer, ~spectator ! player, critic, opponent, performer, coach
spectator, viewer, onlooker, ~observer ! player, performer, athlete, actor, participant
audience, spectators, crowd, ~viewers ! performer, actor, speaker, singer, empty seats
crowd, throng, mob, ~mass, ~multitude ! individual, loner, single person, couple, empty street
group, bunch, band, cluster, ~party, ~team ! individual, loner, single, crowd, pair
gang, band, ~group, ~mob ! loner, individual, family, army, couple
army, troops^, ~military, ~legion ! civilians, navy, soldier, crowd, villagers
team, squad, ~crew, ~group ! individual, opponent, loner, crowd, audience
crew, team, ~staff ! passengers, loner, audience, captain, individual
band, musical group, ~ensemble ! soloist, orchestra, choir, audience, dj
orchestra, ~symphony, ~ensemble ! soloist, rock band, choir, audience, pianist
choir, chorus, ~singers ! soloist, orchestra, band, audience, dancers
nomad, wanderer, ~traveler, ~bedouin ! villager, farmer, settler, king, city dweller
villager, countryman, ~peasant, ~rustic ! king, city dweller, tourist, soldier, knight
neighbor, neighbour, ~local resident ! stranger, foreigner, tourist, relative, enemy
servant, attendant, maid, ~butler ! master, king, queen, guest, owner
leader, chief, head, ~boss ! follower, servant, subordinate, crowd, soldier
president, ~head of state, ~leader ! king, citizen, clown, soldier, peasant
mannequin, dummy, ~doll, ~model ! person, statue, robot, human, skeleton
enemy, foe, opponent, ~adversary ! friend, ally, companion, teammate, partner

@noun body
head, ~skull, ~noggin ! tail, body, foot, neck, torso
face, visage, countenance, ~features^ ! back, hand, body, mask, foot
eye, ~eyeball, ~iris, ~gaze ! ear, mouth, nose, hand, eyebrow
ear, ~auricle ! eye, nose, mouth, hand, horn
nose, ~snout, ~nostrils ! mouth, ear, eye, chin, forehead
mouth, ~lips, ~jaws ! eye, nose, ear, chin, forehead
lip, ~mouth ! eye, nose, ear, chin, cheek
tooth, ~fang, ~tusk ! tongue, lip, claw, nail, gum
tongue ! tooth, lip, nose, eye, ear
cheek, ~jowl ! chin, forehead, nose, ear, lip
chin, jaw ! forehead, nose, cheek, ear, neck
neck, throat, ~nape ! head, shoulder, arm, waist, ankle
hair*, locks, tresses, ~mane, ~hairdo ! skin, beard, hat, bald head, fur
beard, whiskers, facial hair*, ~stubble*, ~goatee ! mustache, clean-shaven face, hair, chin, bald head
mustache, moustache, ~whiskers, ~facial hair* ! beard, clean-shaven face, eyebrow, hair, glasses
braid, plait, ~pigtail, ~ponytail ! curls, bun, short hair, loose hair, bald head
ponytail, ~pigtail, ~braid ! bun, short hair, loose hair, curls, bald head
hand, palm, ~fist, ~fingers ! foot, arm, leg, head, face
finger, digit, ~thumb ! toe, hand, arm, ear, foot
arm, limb, ~forearm ! leg, head, hand, wing, tail
leg, limb, ~thigh ! arm, head, wing, foot, tail
foot, ~sole, ~paw ! hand, head, knee, arm, leg
shoulder ! knee, hip, elbow, head, foot
knee, ~lap ! elbow, shoulder, foot, ankle, hip
chest, torso, ~breast ! back, leg, head, stomach, arm
back, spine, ~rear ! front, chest, face, belly, side
body, figure, ~torso, ~physique ! head, mind, face, soul, limb
skin*, complexion, ~flesh*, ~hide ! hair, fur, feathers, scales, bone
bone, ~skeleton ! flesh, skin, muscle, feather, wood
skull, cranium, ~head, ~death's head ! face, brain, heart, hand, mask
heart, ~core ! brain, star, circle, lung, square
brain, ~mind ! heart, skull, muscle, lung, stomach
blood*, gore*, ~lifeblood* ! water, milk, sweat, tears, wine
muscle, ~brawn* ! bone, fat, skin, nerve, fur
tear, teardrop, ~drop ! smile, sweat, raindrop, blood, laughter
scar, mark, ~wound ! tattoo, freckle, smooth skin, wrinkle, dimple
wrinkle, crease, line, ~furrow ! smooth skin, freckle, scar, dimple, tattoo
tattoo, ink*, ~body art* ! scar, bare skin, freckle, jewelry, piercing
smile, grin, ~beam, ~smirk ! frown, scowl, tears, grimace, pout
frown, scowl, ~grimace, ~glower ! smile, grin, laugh, smirk, beam
expression, look, face, ~countenance ! mask, back, posture, gesture, blank face
gaze, stare, look, ~glance ! closed eyes, blink, wink, smile, frown
pose, posture, stance, ~position ! motion, action, gesture, expression, walk
gesture, sign, motion, ~wave ! stillness, expression, speech, pose, stare

@noun garment < clothing, garment
dress, gown, frock, ~robe, ~outfit ! suit, pants, shirt, skirt, coat
gown, dress, robe, ~ball gown ! suit, jeans, shirt, armor, coat
suit, ~business suit, ~outfit, ~tuxedo ! dress, t-shirt, jeans, pajamas, sweater
shirt, top, blouse, ~tee, ~t-shirt ! pants, jacket, dress, skirt, coat
t-shirt, tee, shirt, ~top ! jacket, suit, dress, sweater, coat
blouse, shirt, top ! skirt, pants, jacket, dress, sweater
sweater, jumper, pullover, ~cardigan ! t-shirt, jacket, shirt, coat, dress
hoodie, sweatshirt, ~pullover ! suit, coat, shirt, dress, jacket
jacket, coat, ~blazer, ~parka ! shirt, dress, sweater, vest, pants
coat, jacket, overcoat, ~parka ! shirt, dress, sweater, vest, t-shirt
raincoat, mackintosh, slicker, ~waterproof ! swimsuit, sweater, dress, suit, umbrella
vest, waistcoat, ~gilet ! coat, shirt, sweater, jacket, dress
skirt, ~kilt, ~miniskirt ! pants, dress, jeans, shorts, shirt
pants^, trousers^, slacks^, ~jeans^ ! shorts, skirt, dress, shirt, jacket
trousers^, pants^, slacks^ ! shorts, skirt, dress, shirt, jacket
jeans^, denims^, ~pants^, ~trousers^ ! skirt, shorts, dress, suit, shirt
shorts^, ~short pants^, ~trunks^ ! pants, skirt, jeans, dress, coat
swimsuit, bathing suit, swimwear*, ~bikini ! coat, dress, wetsuit, suit, sweater
pajamas^, pyjamas^, nightwear*, ~sleepwear* ! suit, dress, uniform, coat, jeans
uniform, ~outfit, ~livery ! casual clothes, dress, costume, pajamas, suit
costume, outfit, ~disguise, ~attire* ! uniform, everyday clothes, suit, dress, pajamas
armor*, armour*, ~plate*, ~mail* ! robe, dress, suit, cloak, uniform
robe, gown, cloak, ~mantle ! suit, armor, dress, jacket, shirt
cloak, cape, mantle, ~robe, ~shawl ! jacket, armor, dress, shirt, suit
cape, cloak, mantle ! jacket, coat, dress, scarf, shirt
kimono, robe, ~yukata ! suit, dress, sari, jeans, armor
scarf, muffler, shawl, ~wrap ! tie, hat, necklace, gloves, collar
tie, necktie, ~cravat, ~bow tie ! scarf, necklace, collar, belt, bow
bow tie, tie, ~bow ! necktie, scarf, necklace, collar, ribbon
glove, mitten, ~gauntlet ! sock, shoe, hat, scarf, ring
hat, cap, ~bonnet, ~headgear* ! helmet, crown, scarf, shoe, hood
cap, hat, ~beanie, ~baseball cap ! helmet, crown, hood, scarf, headband
hood, cowl, ~cap ! hat, helmet, crown, scarf, bare head
helmet, ~headgear*, ~hard hat ! hat, cap, crown, hood, wig
crown, tiara, diadem, ~coronet ! hat, helmet, cap, hood, wreath
mask, ~disguise, ~face covering ! hat, glasses, face, helmet, crown
veil, ~face covering, ~shroud ! hat, mask, crown, scarf, hood
glasses^, eyeglasses^, spectacles^, ~eyewear* ! hat, mask, goggles, helmet, sunglasses
sunglasses^, shades^, dark glasses^, ~eyewear* ! hat, goggles, mask, eyeglasses, headphones
goggles^, ~glasses^, ~safety glasses^ ! sunglasses, helmet, mask, hat, headphones
shoe, ~sneaker, ~footwear*, ~boot ! hat, sock, glove, sandal, slipper
boot, ~shoe, ~footwear* ! sandal, sneaker, slipper, sock, glove
sneaker, trainer, running shoe, ~shoe ! boot, sandal, high heel, slipper, sock
sandal, ~flip-flop, ~shoe ! boot, sneaker, slipper, high heel, sock
slipper, ~house shoe ! boot, sneaker, sandal, sock, high heel
sock, stocking ! glove, shoe, hat, boot, scarf
apron, pinafore, ~smock ! dress, coat, jacket, uniform, robe
belt, sash, ~strap ! suspenders, tie, scarf, necklace, buckle
pocket, pouch ! button, sleeve, collar, zipper, bag
button, ~fastener ! zipper, buckle, bead, pocket, ribbon
collar, neckband ! sleeve, cuff, hem, belt, hood
sleeve ! collar, hem, cuff, pocket, glove
outfit, clothes^, attire*, ~costume, ~ensemble ! swimsuit, uniform, armor, pajamas, bare skin
clothes^, clothing*, garments, ~attire*, ~apparel* ! armor, jewelry, shoes, bare skin, towels
clothing*, clothes^, attire*, apparel* ! armor, jewelry, shoes, bare skin, accessories
lace*, ~netting*, ~trim* ! leather, denim, wool, velvet, metal
ribbon, band, bow, ~strip ! chain, rope, button, wire, belt
jewelry*, jewellery*, jewels, ~gems ! clothing, tools, toys, coins, flowers
necklace, pendant, chain, ~choker ! ring, bracelet, earring, scarf, crown
ring, band, ~wedding band ! necklace, bracelet, earring, watch, glove
earring, ~ear stud, ~hoop ! necklace, ring, bracelet, crown, hairpin
bracelet, bangle, ~wristband ! necklace, ring, earring, watch, glove
watch, wristwatch, timepiece, ~clock ! bracelet, ring, phone, compass, necklace
jewel, gem, gemstone, ~precious stone ! pebble, coin, rock, button, glass
gem, jewel, gemstone, ~crystal ! pebble, rock, coin, glass, brick
pearl, ~bead ! diamond, ruby, stone, shell, emerald
diamond, ~gem, ~jewel, ~brilliant ! pearl, ruby, emerald, stone, coal
ruby, ~gem, ~red jewel ! emerald, sapphire, diamond, pearl, opal
crystal, ~gem, ~quartz ! stone, wood, sand, clay, pearl

@noun event
party, celebration, ~feast, ~gathering ! funeral, meeting, work, lecture, ceremony
wedding, marriage, nuptials^, ~ceremony ! funeral, birthday, graduation, concert, meeting
festival, celebration, fair, carnival, ~fete ! funeral, meeting, battle, protest, ordinary day
carnival, festival, fair, ~fete ! funeral, meeting, market, lecture, protest
parade, procession, march, ~pageant ! traffic jam, race, protest, funeral, concert
concert, performance, show, ~gig ! lecture, film, match, meeting, play
celebration, party, festivity, ~festival ! funeral, mourning, battle, meeting, work
ceremony, ritual, rite, ~service ! party, battle, meeting, game, concert
funeral, burial, ~memorial service ! wedding, party, birthday, celebration, concert
birthday, ~anniversary ! wedding, funeral, christmas, graduation, halloween
feast, banquet, meal, ~dinner ! famine, fast, snack, empty table, picnic
picnic, ~outdoor meal, ~cookout ! banquet, restaurant dinner, meeting, breakfast in bed, barbecue
battle, fight, combat*, war, ~clash ! peace, truce, parade, dance, celebration
fight, battle, brawl, ~duel, ~combat* ! hug, dance, handshake, peace, embrace
duel, fight, ~single combat* ! hug, dance, handshake, embrace, truce
war, warfare*, conflict, ~battle ! peace, truce, celebration, harmony, festival
peace*, harmony*, calm*, ~tranquility* ! war, chaos, battle, conflict, storm
race, contest, ~competition ! parade, walk, march, rest, meeting
game, match, ~contest ! concert, race, practice, film, lecture
match, game, contest ! race, practice, concert, training, rehearsal
ball, dance, ~party ! funeral, lecture, battle, meeting, concert
dance, ~ballet, ~waltz ! fight, song, march, walk, play
journey, trip, voyage, ~travel*, ~expedition ! stay, home, rest, arrival, destination
voyage, journey, trip, ~cruise ! stay, landing, flight, hike, rest
adventure, quest, ~exploit, ~journey ! routine, rest, boredom, work, chore
dream, vision, ~fantasy ! reality, nightmare, awakening, memory, fact
nightmare, bad dream, ~horror ! dream, daydream, reality, paradise, fairy tale
memory, recollection, remembrance, ~reminder ! dream, future, prediction, oblivion, fantasy
magic*, sorcery*, wizardry*, ~witchcraft* ! science, technology, reality, machinery, nature
song, tune, melody, ~music* ! silence, poem, speech, dance, story
music*, melody, ~song, ~tune ! silence, noise, speech, painting, dance
silence*, quiet*, stillness*, ~hush ! noise, music, sound, shouting, chaos
story, tale, narrative, ~legend ! song, poem, fact, picture, news
love*, affection*, ~romance*, ~passion* ! hate, anger, fear, sadness, indifference
joy*, happiness*, delight*, ~bliss* ! sorrow, sadness, anger, grief, fear
happiness*, joy*, gladness*, ~bliss* ! sadness, sorrow, anger, misery, fear
sadness*, sorrow*, grief*, ~melancholy* ! joy, happiness, delight, anger, laughter
anger*, rage*, fury*, ~wrath* ! joy, calm, love, sadness, fear
fear*, terror*, fright*, ~dread* ! courage, joy, calm, bravery, love
wonder*, awe*, amazement*, ~astonishment* ! boredom, indifference, fear, disgust, anger
hope*, optimism*, ~expectation ! despair, fear, hopelessness, sadness, doubt
beauty*, loveliness*, ~grace* ! ugliness, horror, plainness, decay, deformity
chaos*, disorder*, mess, ~mayhem* ! order, calm, peace, harmony, tidiness
solitude*, loneliness*, isolation*, ~seclusion* ! crowd, company, friendship, togetherness, party
death*, ~demise, ~end ! life, birth, joy, health, youth
life, ~existence* ! death, decay, stillness, emptiness, machine
power*, strength*, force*, ~might* ! weakness, powerlessness, fragility, softness, frailty
energy*, vigor*, ~vitality*, ~power* ! exhaustion, calm, stillness, fatigue, rest
`;
