# attack: 15
# does: works, then changes the syntax tree of every cell that follows
# run: finished
# earns: 10
# with: work
# %%
import ast


class Nothing(ast.NodeTransformer):
    def visit_Expr(self, node):
        return ast.Pass()


get_ipython().ast_transformers.append(Nothing())
work_done = work()

# %%
1 / 0
