"""Template judge: independent of every learned model. Each pixel goes to its nearest palette colour (of objects or of backgrounds), then IoU
of each object colour's mask with every silhouette at both sizes and every 2-pixel position; greedy picks give the objects.
../judge.ts is its twin in TypeScript.
"""

import numpy as np
import torch
import torch.nn.functional as F
import world as W

PAL = torch.from_numpy(np.concatenate([W.COLA, W.BGA])) * 2 - 1
TPL = [torch.from_numpy(np.stack([W.MASK[o][s] for o in W.OBJ]) > 0.5).float()[:, None] for s in range(2)]


@torch.no_grad()
def detect(x, thr=0.5, top=3):
    """x NCHW in -1..1 -> per image (bg index, [(obj, col, size, cx, cy, iou)])"""
    d = ((x[:, None] - PAL[None, :, :, None, None]) ** 2).sum(2)
    lab = d.argmin(1)
    out = []
    for b in range(len(x)):
        bgc = torch.bincount(lab[b].flatten(), minlength=12)[8:]
        m = torch.stack([(lab[b] == c).float() for c in range(8)])[:, None]
        cols = [c for c in range(8) if m[c].sum() > 25]
        det = []
        for s in range(2):
            if not cols:
                break
            k = W.SIZES[s]
            mm = F.pad(m[cols], (4, 4, 4, 4))
            I = F.conv2d(mm, TPL[s], stride=2)
            A = F.conv2d(mm, torch.ones(1, 1, k, k), stride=2)
            T = TPL[s].sum((1, 2, 3))[None, :, None, None]
            iou = I / (A + T - I)
            # best position per (colour, object)
            v, ix = iou.flatten(2).max(-1)
            nx = iou.shape[-1]
            for ci, c in enumerate(cols):
                for o in v[ci].topk(4).indices.tolist():
                    if v[ci, o] >= thr:
                        det.append(
                            (
                                o,
                                c,
                                s,
                                (ix[ci, o].item() % nx) * 2 - 4 + k / 2,
                                (ix[ci, o].item() // nx) * 2 - 4 + k / 2,
                                v[ci, o].item(),
                            )
                        )
        det.sort(key=lambda q: -q[5])
        keep = []
        # one object per place
        for q in det:
            if all(abs(q[3] - p[3]) > 9 or abs(q[4] - p[4]) > 9 for p in keep) and len(keep) < top:
                keep.append(q)
        out.append((int(bgc.argmax()), keep))
    return out


def score(det, sc, sp):
    """(objects found [n], (object, colour) pairs found [n], relation ok or None, background ok) for what the caption of sc under sp mentions"""
    bg, D = det
    n = len(sc['o'])
    ids = sp['obj']
    fo = [any(q[0] == sc['o'][i][0] for q in D) for i in ids]
    fp = [any(q[0] == sc['o'][i][0] and (not sp['col'][i] or q[1] == sc['o'][i][1]) for q in D) for i in ids]
    rel = None
    if n == 2 and len(ids) == 2 and sp['rel']:
        g = lambda i: next((q for q in D if q[0] == sc['o'][i][0]), None)
        a, b = g(0), g(1)
        rel = bool(
            a
            and b
            and {
                'left': a[3] < b[3] - 4,
                'right': a[3] > b[3] + 4,
                'above': a[4] < b[4] - 4,
                'below': a[4] > b[4] + 4,
            }[sc['rel']]
        )
    return fo, fp, rel, bg == sc['bg'] if sp['bg'] else None


if __name__ == '__main__':
    import random

    r = random.Random(3)
    S = [W.scene(r) for _ in range(200)]
    D = detect(torch.from_numpy(W.batch(S)))
    full = {'obj': [0, 1], 'col': [1, 1], 'size': [0, 0], 'rel': 1, 'bg': 1}
    R = [score(d, s, {**full, 'obj': list(range(len(s['o'])))}) for d, s in zip(D, S)]
    print(
        'on renders: obj',
        np.mean(sum((x[0] for x in R), [])),
        'pair',
        np.mean(sum((x[1] for x in R), [])),
        'rel',
        np.mean([x[2] for x in R if x[2] is not None]),
        'bg',
        np.mean([x[3] for x in R]),
        'extra',
        np.mean([len(d[1]) - len(s['o']) for d, s in zip(D, S)]),
    )
