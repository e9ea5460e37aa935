"""Two small sets for tests of pages: departments with a line of every kind, and communes."""

_REST = """\
bands:
  - {code: tot, name: Hoàn thành tốt, from: 20}
  - {code: kha, name: Hoàn thành, from: 10}
  - {code: yeu, name: Không hoàn thành, from: 0}
gates:
  - code: K1
    name: Người đứng đầu bị kỷ luật
    if: {flag: ky-luat}
    at-most: kha
"""

SO = (
    """\
format: 1
code: SO
version: "1"
title: Bộ tiêu chí của sở
years: {from: 2020, until: 2030}
scale: 30
kinds:
  so: {name: "Sở, ban, ngành"}
tags:
  chu-tri: Chủ trì xử lý đơn thư
flags:
  ky-luat: Người đứng đầu bị kỷ luật
groups:
  - code: A
    name: Quán triệt, tuyên truyền
    most: 12
    criteria:
      - code: A1
        name: Đăng ký mô hình “Dân vận khéo”
        kind: yes-no
        most: 2
        evidence: {required: "Phiếu đăng ký (số, ngày)"}
      - code: A2
        name: Quán triệt các văn bản về công tác dân vận
        kind: ratio
        most: 4
        in: văn bản
        done-name: Số văn bản đã quán triệt
        due-name: Số văn bản phải quán triệt
        not-applicable:
          - {code: khong-co, text: Trong năm không có văn bản phải quán triệt, treatment: full}
        reviewer-may-set-points: yes
        evidence: {wanted: "Biên bản hội nghị"}
      - code: A3
        name: Rà soát, sắp xếp bộ máy
        kind: options
        most: 3
        levels:
          - {code: het, name: Hoàn thành, points: 3}
          - {code: mot-phan, name: Hoàn thành một phần, points: 1.5}
          - {code: khong, name: Chưa làm, points: 0}
        evidence: none
      - code: A4
        name: Phát động, hướng dẫn và sơ kết phong trào
        kind: checklist
        most: 3
        items:
          - {code: ke-hoach, name: Có kế hoạch, points: 1}
          - {code: huong-dan, name: Có văn bản hướng dẫn, points: 1}
          - {code: so-ket, name: Có sơ kết, points: 1}
        evidence: none
  - code: B
    name: Dân chủ, đối thoại
    most: 10
    criteria:
      - code: B1
        name: Đổi mới lề lối làm việc
        kind: judged
        most: 4
        step: 0.5
        evidence: none
      - code: B2
        name: Không để xảy ra quan liêu, sách nhiễu
        kind: deduct
        most: 4
        sorts:
          - {code: vu, name: Vụ việc bị kết luận, each: 1}
          - {code: don, name: Đơn tố cáo đúng, each: 2}
        in: vụ
        not-applicable:
          - {code: khong-dan, text: Không tiếp xúc với người dân, treatment: drop}
        evidence: none
      - code: B3
        name: Gửi báo cáo đúng hạn
        kind: lateness
        most: 2
        due:
          - {code: q1, name: Quý I, by: 10/3}
          - {code: q2, name: Sáu tháng, by: 10/6}
        late:
          - {up-to: 5, share: 1/2}
        evidence: none
  - code: C
    name: Kết quả do nơi khác cho
    most: 8
    criteria:
      - code: C1
        name: Chỉ số cải cách hành chính
        kind: imported
        most: 5
        out-of: 100
        what: Chỉ số cải cách hành chính
        result-of: year-before
        evidence: none
      - code: C2
        name: Chấp hành chỉ đạo
        kind: judged
        most: 3
        step: 0.5
        given-by: reviewer
        evidence: none
  - code: T
    name: Điểm thưởng
    as: bonus
    criteria:
      - code: T1
        name: Mô hình được công nhận
        kind: count
        most: 2
        each: 0.5
        in: mô hình
        evidence: none
  - code: P
    name: Điểm trừ
    as: penalty
    criteria:
      - code: P1
        name: Vượt cấp, đông người
        kind: count
        most: 5
        each: 1
        in: vụ
        evidence: none
"""
    + _REST
)

XA = (
    """\
format: 1
code: XA
version: "1"
title: Bộ tiêu chí của xã
years: {from: 2020, until: 2030}
scale: 30
kinds:
  xa: {name: Xã}
flags:
  ky-luat: Người đứng đầu bị kỷ luật
groups:
  - code: A
    name: Công việc của xã
    most: 30
    criteria:
      - code: A1
        name: Có quy chế dân chủ
        kind: yes-no
        most: 10
        evidence: none
      - code: A2
        name: Giải quyết đơn thư đúng hạn
        kind: ratio
        most: 20
        in: vụ
        reviewer-may-set-points: yes
        evidence: none
  - code: P
    name: Điểm trừ
    as: penalty
    criteria:
      - code: P1
        name: Vượt cấp, đông người
        kind: count
        most: 5
        each: 1
        in: vụ
        evidence: none
"""
    + _REST
)
