(define default-im-name 'byeoru)
