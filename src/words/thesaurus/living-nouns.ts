/** @file Animals, plants and their parts: our own thesaurus. `thesaurus.ts` says how it is written. */

export const LIVING_NOUNS = `
@noun animal < animal, creature
cat, feline, kitty, ~kitten, ~tabby, ~pet ! dog, rabbit, horse, bird, fox
dog, hound, canine, pooch, ~puppy, ~pet ! cat, horse, wolf, fox, rabbit
horse, steed, mount, ~stallion, ~mare, ~equine ! cow, donkey, zebra, camel, dog
cow, ~cattle, ~heifer, ~bovine ! horse, sheep, pig, goat, dog
sheep, ~ewe, ~ram ! goat, cow, pig, dog, wolf
elephant, ~pachyderm, ~mammoth ! giraffe, lion, rhinoceros, mouse, zebra
bear, ~grizzly, ~brown bear, ~bruin ! wolf, lion, deer, dog, fox
lion, ~big cat, ~lioness ! tiger, bear, elephant, wolf, zebra
tiger, ~big cat, ~tigress ! lion, leopard, bear, elephant, wolf
wolf, ~gray wolf, ~timber wolf, ~canine ! fox, bear, dog, sheep, lion
fox, ~red fox, ~vixen ! wolf, rabbit, dog, cat, bear
rabbit, bunny, ~hare ! cat, squirrel, fox, mouse, dog
deer, ~stag, ~doe, ~fawn ! bear, wolf, horse, fox, rabbit
stag, buck, ~deer, ~hart ! bear, wolf, horse, fox, lion
pig, hog, swine, ~piglet, ~boar ! cow, sheep, goat, horse, chicken
goat, billy goat, ~kid ! sheep, cow, pig, horse, dog
monkey, ~ape, ~chimpanzee, ~primate ! cat, dog, elephant, lion, bird
gorilla, ape, ~chimpanzee, ~primate ! lion, elephant, bear, tiger, monkey
mouse, ~rodent, ~field mouse ! cat, rat, rabbit, hamster, squirrel
rat, ~rodent ! cat, mouse, squirrel, rabbit, dog
squirrel, ~chipmunk, ~rodent ! rabbit, mouse, bird, cat, raccoon
hedgehog, ~porcupine ! rabbit, squirrel, mouse, fox, hamster
giraffe ! elephant, zebra, lion, horse, camel
zebra ! horse, giraffe, lion, elephant, cow
camel, dromedary ! horse, donkey, elephant, cow, giraffe
donkey, ass, burro, ~mule ! horse, cow, camel, goat, sheep
panda, giant panda, ~panda bear, ~bear ! tiger, lion, monkey, elephant, rabbit
polar bear, white bear, ~bear ! penguin, seal, wolf, walrus, fox
penguin ! seal, polar bear, duck, seagull, owl
kangaroo, ~wallaby ! koala, rabbit, deer, horse, lion
koala ! panda, kangaroo, monkey, bear, sloth
leopard, panther, ~jaguar, ~cheetah, ~big cat ! lion, tiger, wolf, bear, zebra
rhinoceros, rhino ! elephant, hippopotamus, lion, giraffe, buffalo
hippopotamus, hippo ! elephant, rhinoceros, crocodile, giraffe, lion
raccoon ! fox, squirrel, cat, rabbit, skunk
otter, ~sea otter ! beaver, seal, fox, raccoon, fish
seal, ~sea lion ! penguin, dolphin, walrus, otter, whale
bull, ox, ~steer ! cow, horse, sheep, goat, pig
buffalo, bison ! horse, cow, lion, elephant, deer
cattle, ~cows, ~livestock, ~herd ! sheep, horses, pigs, goats, chickens
puppy, pup, ~dog, ~doggy ! kitten, cat, rabbit, foal, lamb
kitten, kitty, ~cat ! puppy, dog, rabbit, cub, duckling
foal, colt, ~filly, ~pony ! calf, lamb, puppy, kitten, horse
pony, ~horse, ~small horse ! donkey, cow, dog, zebra, camel
lamb, ~sheep ! calf, goat, piglet, puppy, wolf
calf, ~young cow ! lamb, foal, piglet, puppy, bull
cub, ~whelp, ~bear cub ! puppy, kitten, fawn, lamb, adult
bat, ~flying fox ! bird, owl, moth, mouse, butterfly
dinosaur, ~dino, ~t-rex, ~reptile ! elephant, dragon, crocodile, lion, bear
pet, ~companion animal, ~house pet ! wild animal, toy, child, wolf, robot
animal, creature, beast, ~critter, ~wildlife ! person, plant, robot, human, machine
beast, creature, animal, ~monster, ~brute ! human, person, plant, angel, robot
herd, ~flock, ~pack, ~drove ! swarm, loner, crowd, pair, individual
flock, ~group, ~swarm, ~gaggle ! herd, pack, pair, school, single bird
pack, ~herd, ~gang ! flock, loner, pair, swarm, individual
swarm, cloud, ~horde, ~mass ! herd, flock, pair, pack, individual

@noun bird < bird
bird, ~fowl, ~songbird, ~winged creature ! cat, fish, squirrel, butterfly, bat
eagle, ~bird of prey, ~raptor, ~hawk ! owl, pigeon, parrot, crow, duck
hawk, falcon, ~bird of prey, ~raptor ! owl, pigeon, crow, parrot, dove
owl, ~barn owl, ~night bird ! eagle, crow, parrot, pigeon, hawk
crow, ~raven, ~blackbird, ~rook ! dove, owl, pigeon, eagle, seagull
raven, ~crow ! dove, owl, eagle, swan, parrot
dove, ~pigeon, ~turtledove ! crow, eagle, owl, raven, hawk
pigeon, ~dove ! crow, seagull, sparrow, eagle, duck
sparrow, ~finch, ~songbird ! crow, eagle, pigeon, robin, owl
robin, ~redbreast, ~songbird ! sparrow, crow, owl, pigeon, eagle
parrot, ~macaw, ~parakeet, ~cockatoo ! crow, owl, eagle, pigeon, toucan
peacock, peafowl ! swan, turkey, parrot, owl, crow
swan ! duck, goose, crow, pelican, flamingo
duck, ~mallard, ~drake, ~waterfowl ! goose, swan, chicken, seagull, fish
goose, ~waterfowl ! duck, swan, chicken, turkey, pigeon
chicken, hen, ~poultry, ~fowl ! duck, turkey, goose, cow, pig
hen, chicken, ~fowl ! rooster, duck, goose, turkey, cat
rooster, ~chicken, ~fowl ! hen, duck, turkey, goose, pig
turkey, ~gobbler ! chicken, duck, goose, pheasant, peacock
seagull, gull, sea gull, ~seabird ! pigeon, crow, pelican, eagle, albatross
flamingo ! swan, heron, peacock, pelican, crane
heron, egret, ~stork, ~wading bird ! duck, swan, flamingo, seagull, eagle
crane, heron, ~stork, ~wading bird ! swan, duck, flamingo, eagle, goose
stork, ~heron, ~crane ! swan, flamingo, pelican, duck, goose
hummingbird ! butterfly, bee, sparrow, eagle, owl
woodpecker ! owl, sparrow, robin, squirrel, crow
ostrich, ~emu ! flamingo, giraffe, peacock, turkey, camel
pelican ! seagull, swan, flamingo, duck, heron
duckling, ~chick, ~baby duck ! kitten, puppy, gosling, bunny, piglet
vulture, ~buzzard, ~condor ! dove, eagle, crow, owl, hawk
phoenix, firebird ! dragon, unicorn, eagle, griffin, raven

@noun sea animal < sea creature, animal
fish, ~trout, ~salmon, ~carp ! bird, crab, turtle, dolphin, frog
whale, ~humpback, ~cetacean, ~orca ! shark, dolphin, octopus, seal, fish
shark, ~great white ! whale, dolphin, tuna, octopus, crocodile
dolphin, porpoise, ~cetacean ! shark, whale, seal, fish, turtle
octopus, ~squid, ~cephalopod ! crab, shark, fish, jellyfish, starfish
squid, ~octopus, ~cephalopod ! shark, crab, jellyfish, whale, fish
jellyfish, ~medusa ! octopus, fish, starfish, shark, turtle
crab, ~crustacean ! lobster, fish, starfish, turtle, shrimp
lobster, ~crayfish, ~crustacean ! crab, shrimp, fish, oyster, octopus
shrimp, prawn, ~crustacean ! crab, lobster, fish, squid, oyster
starfish, sea star ! crab, jellyfish, seashell, octopus, seahorse
seahorse, sea horse ! starfish, jellyfish, crab, turtle, octopus
goldfish, ~koi, ~carp, ~fish ! shark, turtle, frog, guppy, hamster
turtle, tortoise, ~sea turtle ! frog, fish, snail, crab, crocodile
seashell, shell, ~conch, ~scallop ! pebble, starfish, coral, stone, crab

@noun reptile < reptile, animal
snake, serpent, ~python, ~viper ! lizard, frog, turtle, rat, spider
lizard, gecko, ~iguana, ~chameleon ! snake, frog, turtle, crocodile, mouse
crocodile, alligator, ~croc, ~gator ! hippo, snake, turtle, shark, lizard
frog, toad, ~tree frog, ~amphibian ! lizard, turtle, fish, snake, mouse
tortoise, turtle ! rabbit, snail, lizard, snake, frog
snail, ~slug ! ant, frog, beetle, turtle, worm

@noun insect < insect, bug
butterfly, ~moth, ~monarch ! bee, dragonfly, bird, beetle, spider
bee, honeybee, bumblebee, ~wasp ! butterfly, ant, fly, beetle, spider
ant ! bee, beetle, spider, butterfly, fly
spider, arachnid, ~tarantula ! ant, beetle, butterfly, fly, scorpion
fly, housefly, ~mosquito, ~gnat ! bee, butterfly, spider, beetle, ant
beetle, ~scarab, ~ladybug ! butterfly, ant, spider, bee, grasshopper
dragonfly, damselfly ! butterfly, bee, hummingbird, beetle, moth
moth, ~butterfly ! bee, bat, beetle, dragonfly, spider
ladybug, ladybird, ~beetle ! butterfly, bee, ant, spider, caterpillar
caterpillar, ~larva, ~grub, ~worm ! butterfly, snail, ant, beetle, ladybug
firefly, lightning bug, glowworm ! butterfly, moth, bee, beetle, star
insect, bug ! bird, animal, flower, fish, mammal
worm, earthworm ! snake, snail, caterpillar, beetle, bird

@noun mythical being < creature, being
dragon, ~wyvern, ~drake, ~serpent, ~monster ! unicorn, knight, dinosaur, lion, phoenix
unicorn, ~horned horse ! dragon, pegasus, zebra, donkey, deer
monster, ~beast, ~creature, ~ogre ! human, hero, angel, fairy, knight
fairy, pixie, sprite, ~elf, ~nymph ! witch, troll, dragon, ogre, demon
elf, ~sprite, ~pixie ! dwarf, orc, human, troll, goblin
goblin, gremlin, ~imp, ~orc, ~gnome ! elf, fairy, knight, human, angel
orc, ~goblin, ~ogre ! elf, knight, human, dwarf, angel
troll, ogre, ~giant ! fairy, elf, knight, dwarf, human
dwarf, ~gnome ! giant, elf, troll, human, wizard
giant, ~colossus, ~titan ! dwarf, child, elf, man, mouse
angel, ~cherub, ~seraph ! demon, devil, human, witch, monster
demon, devil, fiend, ~evil spirit ! angel, human, saint, fairy, priest
devil, demon, satan, ~fiend ! angel, saint, human, priest, fairy
ghost, spirit, phantom, specter, ~apparition ! human, skeleton, zombie, angel, vampire
spirit, ghost, soul, ~phantom ! body, human, animal, monster, robot
vampire, ~bloodsucker ! werewolf, zombie, human, angel, ghost
werewolf, ~wolfman ! vampire, human, zombie, dragon, ghost
zombie, undead, ~walking dead ! human, vampire, ghost, skeleton, robot
skeleton, ~bones, ~skull ! zombie, ghost, human, mannequin, body
mermaid, ~siren, ~sea nymph ! human, fairy, dolphin, unicorn, witch
witch, sorceress, enchantress, ~hag ! fairy, princess, knight, angel, nun
wizard, sorcerer, mage, magician, ~warlock ! knight, warrior, king, witch, monk
god, deity, ~divinity ! mortal, demon, human, devil, man
goddess, ~deity ! mortal, demon, queen, witch, woman
alien, extraterrestrial, ~martian, ~space creature ! human, robot, astronaut, animal, monster
robot, android, automaton, droid, ~machine, ~cyborg ! human, person, man, animal, alien
cyborg, android, robot ! human, animal, alien, monk, knight

@noun plant < plant, vegetation
tree, ~sapling, ~oak, ~timber ! bush, flower, lamppost, rock, building
flower, blossom, bloom, ~floweret ! tree, leaf, grass, mushroom, weed
blossom, flower, bloom ! leaf, fruit, thorn, branch, bud
rose, ~rosebud, ~red rose, ~flower ! tulip, daisy, lily, sunflower, orchid
tulip, ~flower ! rose, daisy, lily, sunflower, daffodil
daisy, ~marguerite, ~flower ! rose, tulip, sunflower, lily, poppy
lily, ~water lily, ~flower ! rose, tulip, daisy, orchid, sunflower
sunflower, ~helianthus, ~flower ! rose, tulip, daisy, lily, poppy
orchid, ~flower ! rose, tulip, lily, daisy, cactus
poppy, ~red flower, ~flower ! rose, daisy, tulip, sunflower, lily
lavender, ~lilac, ~purple flower ! rose, sunflower, tulip, wheat, daisy
lotus, water lily, ~lily pad ! rose, tulip, cactus, daisy, sunflower
cherry blossom, sakura, ~blossom ! rose, sunflower, pine, autumn leaves, maple
wildflower, ~flower, ~blossom ! weed, grass, tree, rose, crop
bouquet, bunch, posy, ~nosegay, ~flowers ! basket, wreath, vase, potted plant, gift
wreath, garland, ~crown ! bouquet, necklace, ribbon, branch, basket
garland, wreath, ~festoon ! ribbon, chain, bouquet, banner, necklace
bush, shrub, ~hedge, ~thicket ! tree, flower, grass, rock, fence
shrub, bush, ~hedge ! tree, grass, flower, rock, vine
hedge, hedgerow, ~shrubbery, ~bushes ! fence, wall, tree, railing, gate
grass*, turf*, ~lawn, ~greenery* ! sand, dirt, snow, gravel, concrete
moss*, lichen*, ~greenery* ! grass, sand, snow, rust, ivy
fern, ~bracken, ~frond ! flower, tree, cactus, moss, ivy
vine, creeper, ivy, ~climber, ~tendril ! tree, flower, bush, moss, grass
ivy*, ~vine, ~creeper ! moss, grass, flowers, roses, fern
cactus, ~succulent, ~saguaro ! tree, fern, rose, palm tree, flower
bamboo*, ~cane ! oak, pine, wood, reed, palm
mushroom, toadstool, fungus, ~fungi ! flower, fern, tree, berry, moss
palm tree, palm, ~coconut palm, ~tree ! pine tree, oak, cactus, willow, fir
palm, palm tree, ~coconut tree ! pine, oak, maple, cactus, willow
pine, pine tree, fir, ~conifer, ~evergreen ! oak, palm, maple, birch, willow
oak, oak tree, ~hardwood ! pine, birch, palm, maple, willow
maple, maple tree, ~tree ! oak, pine, birch, palm, willow
willow, willow tree, ~weeping willow ! oak, pine, maple, palm, birch
birch, birch tree, ~tree ! oak, pine, maple, willow, palm
tree trunk, trunk, ~log, ~bole ! branch, leaf, root, bush, post
log, timber, ~trunk, ~wood* ! branch, stone, brick, rock, plank
branch, bough, limb, ~twig ! trunk, leaf, root, flower, vine
twig, stick, branch, ~sprig ! trunk, log, leaf, stone, root
leaf, ~frond, ~blade, ~foliage* ! flower, petal, branch, root, feather
foliage*, leaves, leafage*, ~greenery*, ~vegetation* ! flowers, branches, bare branches, rocks, snow
greenery*, foliage*, vegetation*, ~plants ! concrete, desert, rocks, sand, snow
vegetation*, foliage*, greenery*, plants ! rocks, sand, desert, concrete, water
petal, ~flower petal, ~blossom ! leaf, thorn, feather, snowflake, stem
stem, stalk ! leaf, petal, root, branch, flower
root, ~rootlet, ~taproot ! branch, leaf, trunk, flower, stem
thorn, spine, prickle, ~spike ! petal, leaf, feather, flower, bud
bud, ~flower bud, ~sprout ! blossom, leaf, fruit, thorn, flower
seed, ~grain, ~kernel, ~pip ! flower, leaf, fruit, tree, sprout
sapling, seedling, ~young tree, ~tree ! oak, bush, flower, log, weed
plant, ~houseplant, ~vegetation*, ~herb ! animal, rock, lamp, statue, machine
weed, ~wild plant ! flower, rose, vegetable, crop, tree
crop, ~harvest, ~produce* ! weed, flower, pasture, forest, fallow land
reed, ~rush, ~cattail ! flower, tree, grass, rock, lily
seaweed*, kelp*, ~algae ! coral, sand, fish, grass, moss
coral, ~reef, ~coral reef ! seaweed, sand, rock, shell, sponge
hay*, straw*, ~fodder* ! grass, sand, wood, snow, grain
straw*, hay*, ~thatch* ! grass, wood, wool, cotton, sand
wheat*, grain*, ~corn*, ~barley* ! rice, grass, sunflowers, hay
nest, ~roost, ~aerie, ~bird nest ! cage, burrow, birdhouse, cave, box
cage, birdcage, ~pen, ~coop ! nest, aquarium, box, kennel, basket
web, spiderweb, cobweb, ~spider web ! nest, net, rope, cocoon, curtain
feather, plume, quill, ~down* ! fur, leaf, scale, petal, hair
fur*, coat, pelt, ~hair* ! feathers, scales, skin, leather, wool
wing, pinion, ~pennon ! leg, tail, arm, fin, horn
tail, ~brush ! head, wing, ear, horn, paw
paw, foot, ~claw ! hoof, hand, tail, wing, ear
claw, talon, ~nail ! paw, hoof, tooth, feather, hand
beak, bill, ~nib, ~mouth ! snout, tail, wing, muzzle, claw
horn, antler, ~tusk ! ear, tail, wing, hoof, crown
antler, horn, ~rack ! ear, tail, wing, tusk, hoof
tusk, ~ivory, ~fang ! trunk, ear, horn, tail, hoof
hoof, ~foot ! paw, claw, hand, horn, tail
snout, muzzle, nose ! beak, tail, ear, horn, paw
mane, ~hair* ! tail, fur, feathers, beard, horn
scale, ~plate ! feather, fur, skin, hair, fin
fin, flipper, ~dorsal fin ! wing, leg, tail, paw, foot
egg, ~eggshell, ~ovum ! chick, stone, bird, potato, apple
`;
