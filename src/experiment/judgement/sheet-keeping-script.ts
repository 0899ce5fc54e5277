/**
 * @file What the judges' page remembers: answers in the browser's storage by the sheet's digest, in a file, and back. It is text because
 * it runs in a page and is never compiled; the test in `tests/browser` runs all of it in a browser.
 */

export const SHEET_KEEPING_SCRIPT = `
var FORMAT = 'dpo-diff judgement';
var SIDES = ['left', 'right'];
var sheet = JSON.parse(document.getElementById('sheet').textContent);
var cards = sheet.cards;
var STORAGE_KEY = 'dpo-diff judgement ' + sheet.sheet;
/** Whether the browser keeps what is written: private windows and some settings refuse it. */
var isKept = canKeep();
var hasUnsaved = false;
var state = keptState() || { judge: '', at: 0, answers: {} };

function canKeep() {
  try {
    localStorage.setItem(STORAGE_KEY + ' test', '1');
    localStorage.removeItem(STORAGE_KEY + ' test');
    return true;
  } catch (refusal) {
    return false;
  }
}

function keptState() {
  if (!isKept) return null;
  try {
    var kept = JSON.parse(localStorage.getItem(STORAGE_KEY));
    if (kept === null) return null;
    var answers = {};
    cards.forEach(function (card) {
      var answer = kept.answers[card.card];
      if (answer !== undefined && isAnswerOf(card, answer)) answers[card.card] = answer;
    });
    return { judge: String(kept.judge), at: cards[kept.at] === undefined ? 0 : kept.at, answers: answers };
  } catch (damage) {
    return null;
  }
}

function keep() {
  hasUnsaved = true;
  try {
    if (isKept) localStorage.setItem(STORAGE_KEY, JSON.stringify(state));
  } catch (refusal) {
    isKept = false;
    tellOfKeeping();
  }
}

/** The answer to a card: marks[side][picture][concept]. */
function answerOf(card) {
  var answer = state.answers[card.card];
  if (answer !== undefined) return answer;
  return { left: noMarks(card, 'left'), right: noMarks(card, 'right'), done: false };
}

function noMarks(card, side) {
  return card[side].map(function () { return card.concepts.map(function () { return false; }); });
}

function isAnswerOf(card, answer) {
  var areMarks = SIDES.every(function (side) {
    return Array.isArray(answer[side]) && answer[side].length === card[side].length && answer[side].every(function (marks) {
      return Array.isArray(marks) && marks.length === card.concepts.length && marks.every(function (mark) { return typeof mark === 'boolean'; });
    });
  });
  return areMarks && typeof answer.done === 'boolean' && ['boolean', 'undefined'].indexOf(typeof answer.altersMeaning) >= 0;
}

function isComplete(card) {
  var answer = answerOf(card);
  return answer.done && (card.concealed === undefined || answer.altersMeaning !== undefined);
}

function completeCount() {
  return cards.filter(isComplete).length;
}

/** The text of the file that judges send back. */
function answersText() {
  var given = cards.filter(function (card) { return state.answers[card.card] !== undefined; });
  return JSON.stringify({
    format: FORMAT,
    version: 1,
    sheet: sheet.sheet,
    judge: state.judge.trim(),
    saved: new Date().toISOString(),
    answers: given.map(function (card) { return Object.assign({ card: card.card }, state.answers[card.card]); })
  }, null, 1);
}

/** Takes the answers in a file's text; those of cards that the file does not answer stay. Gives what is wrong, or an empty text. */
function takeAnswers(text) {
  var file;
  try {
    file = JSON.parse(text);
  } catch (problem) {
    return 'This file holds no answers: it is no JSON.';
  }
  if (file === null || file.format !== FORMAT || !Array.isArray(file.answers)) return 'This file holds no answers of such a sheet.';
  if (file.sheet !== sheet.sheet) return 'This file has the answers of another sheet.';
  var taken = {};
  for (var i = 0; i < file.answers.length; i++) {
    var given = file.answers[i];
    var card = cards.find(function (known) { return known.card === given.card; });
    if (card === undefined || !isAnswerOf(card, given)) return 'This file is damaged: an answer in it fits no pair.';
    taken[card.card] = { left: given.left, right: given.right, done: given.done, altersMeaning: given.altersMeaning };
  }
  Object.assign(state.answers, taken);
  if (file.judge) state.judge = String(file.judge);
  return '';
}

/** The inverse of what concealed the changed prompt: bytes mixed with xorshift, from FNV-1a of the card's name. */
function revealed(card) {
  var seed = 0x811c9dc5;
  Array.from(card.card).forEach(function (character) { seed = Math.imul(seed ^ character.codePointAt(0), 0x01000193); });
  var next = seed >>> 0 || 1;
  var bytes = Uint8Array.from(atob(card.concealed), function (character) {
    next ^= next << 13;
    next ^= next >>> 17;
    next ^= next << 5;
    next >>>= 0;
    return character.charCodeAt(0) ^ (next >>> 24);
  });
  return JSON.parse(new TextDecoder().decode(bytes));
}
`;
