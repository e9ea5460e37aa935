"""Two small sets for rounds in tests: communes, and the hamlets whose results they count."""

COMMUNE = """\
format: 1
code: XA
version: "1"
title: Xã
years: {from: 2017, until: 2030}
scale: 12
fit: own
compare: scale
kinds:
  xa: {name: Xã}
tags:
  mien-nui: Miền núi
groups:
  - code: A
    name: Nhóm A
    most: 12
    criteria:
      - code: A1
        name: Tỷ lệ
        kind: ratio
        most: 8
        evidence: none
      - code: A2
        name: Tổ dân vận
        kind: children
        most: 2
        set: TO
        of-kind: to
        child:
          - {band: tot, points: 2}
          - {points: 0}
        not-applicable:
          - {code: khong-to, text: Không có tổ, treatment: drop}
        evidence: none
      - code: A3
        name: Một hạn
        kind: lateness
        most: 1
        due:
          - {code: A3, by: 10/3}
        evidence: none
      - code: A4
        name: Hai hạn
        kind: lateness
        most: 1
        due:
          - {code: q1, by: 10/3}
          - {code: q2, by: 10/6}
        evidence: none
bands:
  - {code: tot, name: Tốt, from: 7}
  - {code: kha, name: Khá, from: 5}
  - {code: yeu, name: Yếu, from: 0}
quotas:
  - {band: tot, at-most: 34 %, of: units, per: round}
titles:
  - {code: dvk, name: Dân vận khéo, bands: [tot], from: 1, to: 1, per: round}
  - {code: kk, name: Khuyến khích, bands: [kha], from: 2, to: 2, per: round}
"""

HAMLET = """\
format: 1
code: TO
version: "1"
title: Tổ
scale: 10
kinds:
  to: {name: Tổ}
groups:
  - code: B
    name: Nhóm B
    most: 10
    criteria:
      - code: B1
        name: Tỷ lệ
        kind: ratio
        most: 10
        evidence: none
bands:
  - {code: tot, name: Tốt, from: 5}
  - {code: kha, name: Khá, from: 0}
"""
