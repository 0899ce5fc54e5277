/** @file What the judges' page shows and how it is used, by mouse, touch and keyboard. Runs after `sheet-keeping-script.ts`, in a page. */

export const SHEET_VIEW_SCRIPT = String.raw`
var byId = function (id) { return document.getElementById(id); };
/** The picture that digits mark: its side, and its place among the seeds. */
var active = { side: 'left', picture: 0 };

function element(tag, attributes, children) {
  var made = document.createElement(tag);
  Object.keys(attributes || {}).forEach(function (name) {
    if (name.slice(0, 2) === 'on') made.addEventListener(name.slice(2), attributes[name]);
    else if (attributes[name] === true) made.setAttribute(name, '');
    else if (attributes[name] !== false) made.setAttribute(name, attributes[name]);
  });
  (children || []).forEach(function (child) { made.append(child); });
  return made;
}

function current() { return cards[state.at]; }

function showCard(isMoved) {
  var card = current();
  var answer = answerOf(card);
  var isFixed = answer.done && card.concealed !== undefined;
  var pictures = element('div', { class: 'pictures' });
  card.left.forEach(function (ignored, picture) {
    SIDES.forEach(function (side) { pictures.append(pictureView(card, side, picture, isFixed)); });
  });
  byId('card').replaceChildren(
    element('p', { class: 'muted' }, ['The prompt' + (isComplete(card) ? ' (judged)' : '')]),
    element('h2', { id: 'prompt', tabindex: '-1' }, [card.prompt]),
    pictures,
    isFixed ? changeView(card, answer) : element('div', { class: 'actions' }, [doneButton(card, answer)])
  );
  showActive();
  showProgress();
  if (isMoved) {
    scrollTo(0, byId('card').offsetTop - 8);
    byId('prompt').focus({ preventScroll: true });
  }
}

function pictureView(card, side, picture, isFixed) {
  var name = (side === 'left' ? 'Left' : 'Right') + (card.left.length > 1 ? ' ' + (picture + 1) : '');
  var image = element('img', { alt: name + ' picture', src: 'data:image/png;base64,' + byId('picture-' + card[side][picture]).textContent });
  image.onload = function () { image.classList.toggle('pixels', image.naturalWidth <= 256); };
  var marks = answerOf(card)[side][picture];
  var concepts = card.concepts.map(function (concept, index) {
    var box = element('input', { type: 'checkbox', checked: marks[index], disabled: isFixed, 'data-concept': index, onchange: function () {
      choosePicture(side, picture);
      mark(side, picture, index, box.checked);
    } });
    return element('li', {}, [element('label', {}, [box, element('span', { class: 'number' }, [index + 1 + '.']), concept])]);
  });
  return element('fieldset', { class: isFixed ? 'fixed' : '', 'data-side': side, 'data-picture': picture, onpointerdown: function () { choosePicture(side, picture); } }, [
    element('legend', {}, [name]),
    element('button', { type: 'button', class: 'enlarge', 'aria-label': 'Enlarge: ' + name, onclick: function () { enlarge(image); } }, [image]),
    element('ol', { 'aria-label': 'Key concepts' }, concepts)
  ]);
}

function enlarge(image) {
  var dialog = byId('enlarged');
  dialog.replaceChildren(image.cloneNode());
  dialog.showModal();
}

function mark(side, picture, concept, isThere) {
  var card = current();
  var answer = answerOf(card);
  answer[side][picture][concept] = isThere;
  state.answers[card.card] = answer;
  keep();
}

function choosePicture(side, picture) {
  active = { side: side, picture: picture };
  showActive();
}

function activeView() {
  return document.querySelector('fieldset[data-side="' + active.side + '"][data-picture="' + active.picture + '"]');
}

function showActive() {
  document.querySelectorAll('fieldset').forEach(function (view) {
    var isActive = view === activeView() && !view.classList.contains('fixed');
    view.classList.toggle('active', isActive);
    if (isActive) view.setAttribute('aria-current', 'true');
    else view.removeAttribute('aria-current');
  });
}

function doneButton(card, answer) {
  var text = card.concealed !== undefined ? 'Done: show the changed prompt' : answer.done ? 'Next pair' : 'Done';
  return element('button', { id: 'done', type: 'button', class: 'primary', 'aria-keyshortcuts': 'Enter', onclick: finishMarks }, [text]);
}

function finishMarks() {
  var card = current();
  var answer = answerOf(card);
  if (answer.done && card.concealed !== undefined) return;
  answer.done = true;
  state.answers[card.card] = answer;
  keep();
  if (card.concealed === undefined) goOn();
  else {
    showCard(false);
    document.querySelector('.change').scrollIntoView({ block: 'nearest' });
    document.querySelector('.change h3').focus({ preventScroll: true });
  }
}

function changeView(card, answer) {
  var change = revealed(card);
  var facts = [element('dt', {}, ['The prompt']), element('dd', {}, [card.prompt]), element('dt', {}, ['Changed to']), element('dd', { id: 'changed' }, [change.prompt])];
  if (change.negativePrompt !== undefined) facts.push(element('dt', {}, ['And not to be shown']), element('dd', {}, [change.negativePrompt || 'nothing']));
  var choice = function (digit, altersMeaning, text) {
    return element('button', { type: 'button', 'data-digit': digit, 'aria-keyshortcuts': digit, 'aria-pressed': String(answer.altersMeaning === altersMeaning), onclick: function () { finishMeaning(altersMeaning); } },
      [element('kbd', {}, [digit]), ' ' + text]);
  };
  return element('section', { class: 'change', 'aria-label': 'The changed prompt' }, [
    element('dl', {}, facts),
    element('h3', { tabindex: '-1' }, ['Does the changed prompt mean something else?']),
    element('div', { class: 'actions' }, [choice('1', false, 'No, it means the same'), choice('2', true, 'Yes, something else')])
  ]);
}

function finishMeaning(altersMeaning) {
  state.answers[current().card].altersMeaning = altersMeaning;
  keep();
  goOn();
}

/** To the next pair that is not judged, from here on and round; the last one stays. */
function goOn() {
  var order = cards.map(function (ignored, step) { return (state.at + 1 + step) % cards.length; });
  var open = order.find(function (place) { return !isComplete(cards[place]); });
  if (open === undefined) {
    showCard(false);
    tell('All pairs are judged. Save your answers to a file and send it to whoever gave you this page.');
    byId('save').focus();
  } else moveTo(open);
}

function moveTo(place) {
  if (cards[place] === undefined) return;
  state.at = place;
  keep();
  active = { side: 'left', picture: 0 };
  tell('');
  showCard(true);
}

function showProgress() {
  var count = completeCount();
  byId('progress').value = count;
  byId('count').textContent = count + ' of ' + cards.length + ' judged';
  byId('place').textContent = 'Pair ' + (state.at + 1) + ' of ' + cards.length;
  byId('previous').disabled = state.at === 0;
  byId('next').disabled = state.at === cards.length - 1;
  byId('save').classList.toggle('primary', count === cards.length);
}

function tell(text, isProblem) {
  byId('message').textContent = text;
  byId('message').classList.toggle('problem', Boolean(isProblem));
}

function tellOfKeeping() {
  byId('keeping').hidden = isKept;
  byId('keeping').textContent = isKept ? '' : 'This browser does not keep answers for this page. Save them to a file before you close it; you can load them from there later.';
  byId('kept').textContent = (isKept ? 'Answers are kept in this browser. ' : '') + 'Sheet ' + sheet.sheet + '.';
}

function save() {
  if (state.judge.trim() === '') {
    tell('Please write your name first.', true);
    byId('judge').focus();
    return;
  }
  var link = element('a', { href: URL.createObjectURL(new Blob([answersText()], { type: 'application/json' })), download: fileName() });
  link.click();
  setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
  hasUnsaved = false;
  var left = cards.length - completeCount();
  tell('Saved as ' + link.download + (left === 0 ? '.' : '; ' + left + ' of ' + cards.length + ' pairs are not judged yet.'));
}

function fileName() {
  var judge = state.judge.trim().toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'judge';
  return 'answers-' + sheet.sheet + '-' + judge + '.json';
}

function load() {
  var file = byId('load').files[0];
  if (file === undefined) return;
  file.text().then(function (text) {
    var problem = takeAnswers(text);
    byId('load').value = '';
    if (problem === '') keep();
    byId('judge').value = state.judge;
    showCard(false);
    tell(problem || 'Loaded: ' + completeCount() + ' of ' + cards.length + ' pairs are judged.', problem !== '');
  });
}

/** A digit marks a concept of the chosen picture, or answers the second question. */
function pressDigit(digit) {
  var choice = document.querySelector('.change [data-digit="' + digit + '"]');
  if (choice !== null) return choice.click();
  var concept = digit === '0' ? 9 : Number(digit) - 1;
  var box = activeView().querySelector('[data-concept="' + concept + '"]');
  if (box === null || box.matches(':disabled')) return;
  box.checked = !box.checked;
  mark(active.side, active.picture, concept, box.checked);
}

function pressArrow(key, isShifted) {
  if (isShifted) return moveTo(state.at + (key === 'ArrowLeft' ? -1 : key === 'ArrowRight' ? 1 : NaN));
  var step = { ArrowUp: -1, ArrowDown: 1 }[key] || 0;
  var picture = Math.min(Math.max(active.picture + step, 0), current().left.length - 1);
  choosePicture(key === 'ArrowLeft' ? 'left' : key === 'ArrowRight' ? 'right' : active.side, picture);
  activeView().scrollIntoView({ block: 'nearest' });
}

document.addEventListener('keydown', function (event) {
  if (event.ctrlKey || event.altKey || event.metaKey || byId('enlarged').open || event.target.matches('input[type=text]')) return;
  var isVertical = event.key === 'ArrowUp' || event.key === 'ArrowDown';
  if (/^[0-9]$/.test(event.key)) pressDigit(event.key);
  else if (/^Arrow/.test(event.key) && !(isVertical && (event.shiftKey || current().left.length === 1))) pressArrow(event.key, event.shiftKey);
  else if (event.key === 'Enter' && !event.target.matches('button, summary, input[type=file]')) finishMarks();
  else return;
  event.preventDefault();
});
byId('judge').addEventListener('input', function () { state.judge = byId('judge').value; keep(); });
byId('enlarged').addEventListener('click', function () { byId('enlarged').close(); });
byId('previous').addEventListener('click', function () { moveTo(state.at - 1); });
byId('next').addEventListener('click', function () { moveTo(state.at + 1); });
byId('save').addEventListener('click', save);
byId('load').addEventListener('change', load);
// A second window of the same sheet must not overwrite what was answered in the first.
addEventListener('storage', function (event) {
  if (event.key !== STORAGE_KEY) return;
  var place = state.at;
  state = keptState() || state;
  state.at = place;
  byId('judge').value = state.judge;
  showCard(false);
});
addEventListener('beforeunload', function (event) { if (!isKept && hasUnsaved) event.preventDefault(); });

byId('judge').value = state.judge;
byId('help').open = completeCount() === 0;
tellOfKeeping();
showCard(false);
`;
