/**
 * @file English words of place, direction and number with their alternatives and opposites: a closed class, so a table can hold
 * it whole. `thesaurus/thesaurus.ts` says how it is written.
 */

import { Thesaurus } from './thesaurus/thesaurus.ts';

const TABLE = `
@closed position
above, over, on top of, ~atop, ~higher than ! below, under, beneath, beside, inside, behind
over, above, across, ~on top of, ~atop ! under, below, beneath, beside, inside, behind
on top of, atop, on, above, upon, over ! under, below, beneath, beside, inside, behind
atop, on top of, on, upon, above ! under, below, beneath, beside, inside, behind
below, beneath, under, underneath ! above, over, on top of, beside, inside, overhead
under, beneath, underneath, below ! above, over, on top of, beside, inside, on
beneath, under, underneath, below ! above, over, on top of, beside, inside, on
underneath, under, beneath, below ! above, over, on top of, beside, inside, on
in front of, before, ahead of, ~facing, ~at the front of, ~outside ! behind, beside, inside, above, next to, under
ahead of, in front of, before ! behind, beside, after, above, inside, under
behind, at the back of, in back of, ~beyond ! in front of, beside, above, inside, next to, under
at the back of, behind, in back of ! in front of, at the front of, beside, inside, above
at the front of, in front of, before ! behind, at the back of, beside, inside, above
beside, next to, alongside, by, ~near, ~adjacent to ! above, behind, far from, under, in front of, inside
next to, beside, alongside, by, near, adjacent to ! far from, above, behind, under, in front of, inside
alongside, beside, next to, along, ~by ! far from, behind, above, under, in front of, across from
adjacent to, next to, beside, ~near ! far from, above, behind, under, inside
near, close to, by, beside, next to, ~around ! far from, away from, inside, above, behind, under
close to, near, by, next to, beside ! far from, away from, inside, above, behind, under
far from, away from, far away from, ~distant from ! near, next to, beside, close to, inside, by
far away from, far from, away from ! near, next to, beside, close to, inside, by
away from, far from, off ! toward, into, near, next to, along, inside
between, in between, amid, ~among, ~in the middle of ! outside, beside, above, behind, in front of, under
in between, between, amid ! outside, beside, above, behind, in front of, under
among, amid, amidst, amongst, ~in the middle of, ~between ! outside, away from, above, beside, behind, under
amid, among, amidst, in the middle of ! outside, away from, above, beside, behind
amidst, amid, among, in the middle of ! outside, away from, above, beside, behind
in the middle of, amid, in the center of, ~among ! at the edge of, outside, beside, above, behind
in the center of, in the middle of, ~amid ! at the edge of, outside, beside, above, behind
at the edge of, on the edge of, ~beside ! in the middle of, far from, inside, above, behind
at the top of, atop, on top of ! at the bottom of, under, below, beside, inside
at the bottom of, at the foot of, ~under ! at the top of, above, on top of, beside, over
at the end of ! at the beginning of, in the middle of, at the start of, beside, before
inside, within, in, inside of ! outside, outside of, above, beside, under, behind
inside of, inside, within, in ! outside, outside of, above, beside, under, behind
within, inside, in, ~amid ! outside, outside of, beyond, above, under, behind
outside, outside of, ~beyond, ~in front of ! inside, within, in, above, under, behind
outside of, outside, ~beyond ! inside, within, in, above, under, behind
in, inside, within, ~amid ! outside, out of, on, under, above, behind
on, upon, atop, on top of, ~onto ! under, off, beneath, above, beside, behind
upon, on, atop, on top of ! under, off, beneath, above, beside, behind
against, ~next to, ~on, ~touching ! away from, far from, behind, above, under
opposite, across from, facing ! beside, behind, next to, above, inside
across from, opposite, facing ! beside, behind, next to, above, inside
around, round, about, ~surrounding, ~all around ! inside, through, away from, under, above, behind
surrounding, around, encircling ! inside, within, away from, above, under
beyond, past, ~behind, ~on the far side of ! before, in front of, within, near, inside
to the left of, left of, on the left of, ~beside ! to the right of, right of, above, below, behind, in front of
left of, to the left of, on the left of ! right of, to the right of, above, below, behind, in front of
on the left of, to the left of, left of ! on the right of, to the right of, above, below, behind, in front of
to the right of, right of, on the right of, ~beside ! to the left of, left of, above, below, behind, in front of
right of, to the right of, on the right of ! left of, to the left of, above, below, behind, in front of
on the right of, to the right of, right of ! on the left of, to the left of, above, below, behind, in front of
on the left side of, to the left of ! on the right side of, to the right of, above, below, behind
on the right side of, to the right of ! on the left side of, to the left of, above, below, behind
overhead, above, up above, ~aloft, ~in the sky ! below, underneath, beneath, underfoot, on the ground
underfoot, below, beneath ! overhead, above, up above, aloft, beside
high above, far above, above, over ! below, under, beneath, beside, near

@closed side
left, left-hand, ~leftmost ! right, right-hand, top, center, bottom
right, right-hand, ~rightmost ! left, left-hand, top, center, bottom
left-hand, left ! right-hand, right, top, center, bottom
right-hand, right ! left-hand, left, top, center, bottom
upper, top, higher, ~uppermost ! lower, bottom, middle, lowest, base
lower, bottom, ~lowest ! upper, top, higher, middle, highest
inner, inside, interior, ~internal ! outer, outside, exterior, external, peripheral
outer, outside, exterior, ~external ! inner, inside, interior, internal, central

@closed direction
into, in, ~inside, ~toward ! out of, away from, off, from, past, around
out of, from, ~away from, ~outside ! into, inside, toward, in, onto
onto, on, upon, on top of ! off, out of, under, away from, from, beside
off, off of, away from, ~from ! on, onto, on top of, upon, toward
off of, off, away from, ~from ! on, onto, on top of, upon, toward
up, upward, up along, ~upwards, ~to the top of ! down, downward, below, beneath, under
down, downward, ~downwards, ~along ! up, upward, above, over, skyward
upward, up, upwards, skyward ! downward, down, sideways, downwards, below
upwards, upward, up, skyward ! downwards, down, sideways, downward, below
downward, down, downwards ! upward, up, sideways, upwards, skyward
downwards, downward, down ! upwards, up, sideways, upward, skyward
toward, towards, ~to, ~in the direction of ! away from, from, past, out of, behind
towards, toward, ~to, ~in the direction of ! away from, from, past, out of, behind
through, across, via, ~throughout, ~along, ~into ! around, over, past, away from, under, beside
across, over, through, ~throughout ! along, around, under, away from, behind, inside
throughout, across, all over, ~through ! outside, around, beside, away from, above
along, alongside, down, beside, ~by, ~on ! across, away from, around, far from, under, above
past, by, beyond, ~in front of, ~alongside ! toward, into, behind, away from, through, around
forward, ahead, forwards, onward ! backward, back, backwards, behind, sideways
forwards, forward, ahead ! backwards, backward, back, behind, sideways
backward, backwards, back ! forward, ahead, forwards, onward, sideways
backwards, backward, back ! forwards, forward, ahead, onward, sideways
up to, toward, to ! away from, down from, out of, past, behind
down from, off, from ! up to, onto, into, up, toward

@closed accompaniment
with, having, featuring, ~including, ~and ! without, lacking, minus, missing, excluding
without, lacking, minus, ~missing, ~free of, ~sans ! with, having, including, featuring, plus
lacking, without, missing ! with, having, including, full of, featuring
including, with, featuring ! without, excluding, except, lacking, minus
except, without, excluding, but ! with, including, plus, and, also
together with, along with, with, ~and ! without, apart from, away from, instead of, minus
along with, together with, with, ~and ! without, apart from, away from, instead of, minus
full of, filled with, packed with ! empty of, without, lacking, free of, devoid of
filled with, full of, packed with ! empty of, without, lacking, free of, devoid of
surrounded by, encircled by, amid ! away from, without, far from, surrounding, beside

@closed count
one, a single, 1, ~a ! two, three, four, five, many
a single, one, 1, ~a ! two, several, many, three, multiple
single, one, sole, lone, ~solitary ! many, multiple, double, several, two
two, a pair of, a couple of, 2, ~both ! one, three, four, five, six
a pair of, two, a couple of, 2 ! one, three, four, several, many
pair of, couple of, two ! one, three, four, several, many
a couple of, two, a pair of, ~a few ! one, three, many, several, five
three, 3, a trio of ! one, two, four, five, six
four, 4 ! one, two, three, five, six
five, 5 ! one, two, three, four, six
six, 6, half a dozen ! one, two, three, four, five
half a dozen, six, 6 ! one, two, three, four, five
seven, 7 ! one, two, three, five, six
eight, 8 ! one, two, three, four, six
nine, 9 ! one, two, three, five, six
ten, 10 ! one, two, three, five, twenty
eleven, 11 ! one, two, three, ten, twenty
twelve, a dozen, 12 ! one, two, three, six, ten
a dozen, twelve, 12 ! one, two, three, six, ten
dozen, twelve, 12 ! one, two, three, six, ten
thirteen, 13 ! one, two, three, five, ten
fifteen, 15 ! one, two, three, five, ten
twenty, 20, a score of ! one, two, three, five, ten
thirty, 30 ! one, two, three, ten, fifty
fifty, 50 ! one, two, three, ten, hundred
hundred, 100 ! one, two, three, ten, thousand
thousand, 1000 ! one, two, three, ten, hundred
1, one ! 2, 3, 4, 5, 6
2, two ! 1, 3, 4, 5, 6
3, three ! 1, 2, 4, 5, 6
4, four ! 1, 2, 3, 5, 6
5, five ! 1, 2, 3, 4, 6
6, six ! 1, 2, 3, 4, 5
7, seven ! 1, 2, 3, 5, 6
8, eight ! 1, 2, 3, 4, 6
9, nine ! 1, 2, 3, 5, 6
10, ten ! 1, 2, 3, 5, 20
first, 1st, initial, ~earliest ! last, second, third, final, fourth
second, 2nd ! first, third, last, fourth, final
third, 3rd ! first, second, last, fourth, final
last, final, ~ultimate ! first, second, initial, third, earliest
half, ~partly, ~semi ! whole, full, quarter, entire, double
double, twin, dual, ~twofold ! single, triple, one, half, sole
triple, threefold ! single, double, one, half, sole

@closed amount
several, some, a few, multiple, various, ~numerous ! one, a single, two, no, countless
some, several, a few, ~various ! no, one, all, many, none of
a few, several, some, a handful of, ~a couple of ! many, one, no, countless, lots of
few, a few, ~several ! many, numerous, countless, lots of, several
a handful of, a few, several, some ! many, one, countless, no, lots of
various, several, different, diverse, ~numerous ! one, identical, a single, the same, two
multiple, several, many, numerous, various ! one, a single, two, no, single
many, numerous, lots of, a lot of, countless, ~several ! one, few, a few, two, no
numerous, many, countless, lots of, ~several ! one, few, a few, two, no
lots of, many, a lot of, plenty of, numerous ! few, one, a few, no, two
a lot of, many, lots of, plenty of, numerous ! few, one, a few, no, two
plenty of, many, lots of, a lot of ! few, one, a few, no, little
countless, innumerable, numerous, many, endless ! few, one, a few, two, three
dozens of, many, scores of, numerous ! one, a few, two, three, no
hundreds of, many, countless, numerous ! one, a few, two, three, no
thousands of, countless, many, numerous ! one, a few, two, three, no
every, each, all ! no, one, none of, some, few
each, every, all ! no, one, none of, neither, some
all, every, each, ~the whole ! no, one, none of, some, few
both, the two, ~two ! one, neither, one of, a single, none of
no, zero, without any ! many, one, some, several, all
none of, no, zero ! all of, some of, many of, most of, both
most, ~many, ~the majority of ! few, none of, one, some, no
more, additional, extra ! fewer, less, no, one, the same
less, fewer ! more, additional, extra, many, most

@closed manner of place
upside down, inverted, ~topsy-turvy ! upright, right side up, standing, horizontal, level
side by side, abreast, together, next to each other ! apart, far apart, one above the other, one behind the other, back to back
apart, separated, ~away ! together, side by side, close, joined, touching

@closed time
before, prior to, ~ahead of ! after, during, behind, since, following
after, following, ~behind ! before, during, prior to, ahead of, until
during, in, amid, ~throughout ! before, after, outside, following, until
`;

let table: Thesaurus | undefined;

/** The closed class, indexed when it is first asked for. */
export function closedClass(): Thesaurus {
  table ??= new Thesaurus([TABLE]);
  return table;
}

/** Whether the table holds `term`, so that no open-class dictionary should be asked about it. */
export function isClosedClassTerm(term: string): boolean {
  return closedClass().find(term, 'closed')[0]?.role === 'head';
}
