"""检查: random inspection (双随机), drawn so that anybody can draw it again."""
